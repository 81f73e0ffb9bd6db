using EdgeFilter.Policies;
using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Review;
using EdgeFilter.Proxy.Tests.BlockLog;
using EdgeFilter.Proxy.Tests.Commands;

namespace EdgeFilter.Proxy.Tests.Review;

/// <summary>What the console offers after a false positive is pasted as it is, and works.</summary>
public sealed class WaiverSuggestionTests : IDisposable
{
    private const string Value = "12345678Z";

    private readonly string _folder = Directory.CreateTempSubdirectory("edgefilter-waiver-").FullName;

    private readonly BlockRecord _record = Some.Record() with
    {
        Time = DateTimeOffset.UtcNow, Tenant = "acme \"quoted\"", Region = "ES", Rules = ["identity-numbers"], Policy = new PolicyReference { Name = "personal", Version = "1.0.0" },
    };

    [Theory]
    [InlineData(Direction.Prompt)]
    [InlineData(Direction.Output)]
    public void Waiver_PastedWithItsTest_LetsTheValuePass(Direction direction)
    {
        var record = _record with { Direction = direction };
        Write("waiver.yaml", WaiverSuggestion.For(record));
        Write("waiver-test.yaml", WaiverSuggestion.TestFor(record));
        WritePolicy();

        var (code, output, errors) = PolicyCommandTests.Run("test", _folder);

        Assert.True(code == 0, output + errors);
    }

    [Fact]
    public void Test_WithoutTheWaiver_Fails()
    {
        Write("waiver-test.yaml", WaiverSuggestion.TestFor(_record with { Direction = Direction.Prompt }));
        WritePolicy();

        Assert.Equal(1, PolicyCommandTests.Run("test", _folder).Code);
    }

    [Fact]
    public void For_RecordWithoutARule_OffersNothing()
    {
        var record = _record with { Rules = [] };

        Assert.Equal(("", ""), (WaiverSuggestion.For(record), WaiverSuggestion.TestFor(record)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void WritePolicy() => Write("personal.yaml", """
        policy: personal
        version: 1.0.0
        rules:
          - id: identity-numbers
            in: [prompt, output]
            find: { entities: [ES_NIF] }
            then: block
        """);

    // As an author completes it.
    private void Write(string name, string yaml) =>
        File.WriteAllText(Path.Combine(_folder, name), yaml.Replace(WaiverSuggestion.HarmlessValue, Value, StringComparison.Ordinal));
}
