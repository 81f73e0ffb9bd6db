using System.CommandLine;
using System.Text.Json;
using EdgeFilter.Proxy.Commands;
using EdgeFilter.Testing;

namespace EdgeFilter.Proxy.Tests.Commands;

public sealed class PolicyCommandTests : IDisposable
{
    private const string Good = """
        policy: demo
        version: 1.0.0
        rules:
          - { id: cards, why: test, in: [prompt], find: { entities: [CREDIT_CARD] }, then: redact }
        tests:
          - { name: card, prompt: card 4111 1111 1111 1111, expect: { action: redact, rule: cards } }

        """;

    private readonly string folder = Directory.CreateTempSubdirectory("policy-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Validate_SoundPolicy_EndsWithZero()
    {
        var (code, output, _) = Run("validate", Write("a.yaml", Good));
        Assert.Equal(0, code);
        Assert.Contains("1 policies are sound", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_Mistake_NamesPlaceAndFixAndEndsWithOne()
    {
        var file = Write("a.yaml", Good.Replace("CREDIT_CARD", "CREDITCARD", StringComparison.Ordinal));
        var (code, output, _) = Run("validate", file);
        Assert.Equal(1, code);
        Assert.Contains($"{file}:4:", output, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'CREDIT_CARD'?", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_AsJson_GivesEachProblemItsFields()
    {
        var (code, output, _) = Run("validate", Write("a.yaml", "policy: demo\n"), "--json");
        Assert.Equal(1, code);
        using var json = JsonDocument.Parse(output);
        var problem = json.RootElement.GetProperty("problems")[0];
        Assert.Equal(("POL021", 1, 1), (problem.GetProperty("code").GetString(), problem.GetProperty("line").GetInt32(), problem.GetProperty("column").GetInt32()));
    }

    [Theory]
    [InlineData("prompt-attack", "find: { classifier: prompt-attack, label: attack }", "classifier 'prompt-attack' is refused: ")]
    [InlineData("names", "find: { entities: [PERSON] }", "entity 'PERSON' is found by a model that is refused: ")]
    public void Validate_ModelThatWasAltered_IsSaidToBeRefusedAndWhy(string model, string find, string said)
    {
        var models = Directory.CreateDirectory(Path.Combine(folder, "models", model)).FullName;
        File.Copy(Repository.PathOf("models", model, "manifest.yaml"), Path.Combine(models, "manifest.yaml"));
        File.WriteAllText(Path.Combine(models, "model.onnx"), "altered");
        var file = Write("a.yaml", $"policy: a\nversion: 1.0.0\nrules:\n  - {{ id: r, in: [prompt], {find}, then: block }}\n");
        var (code, output, _) = Run("validate", file, "--models", Path.Combine(folder, "models"));
        Assert.Equal(1, code);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.DoesNotContain("not installed", output, StringComparison.Ordinal);
        Assert.Contains("model.onnx", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("validate")]
    [InlineData("test")]
    [InlineData("explain")]
    public void Run_NoSuchFolder_EndsWithTwo(string command)
    {
        var (code, _, errors) = Run(command, Path.Combine(folder, "nowhere"));
        Assert.Equal(2, code);
        Assert.Contains("nowhere", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Test_PassingAndFailing_EndWithZeroAndOne()
    {
        Assert.Equal(0, Run("test", Write("a.yaml", Good)).Code);
        var (code, output, _) = Run("test", Write("a.yaml", Good.Replace("action: redact", "action: block", StringComparison.Ordinal)));
        Assert.Equal(1, code);
        Assert.Contains("FAILED demo: card", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Test_JUnit_WritesTheReport()
    {
        var report = Path.Combine(folder, "report.xml");
        Run("test", Write("a.yaml", Good), "--junit", report);
        Assert.Contains("testcase", File.ReadAllText(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_ShippedPolicies_FitEightyColumns()
    {
        var (code, output, _) = Run("explain", Repository.PathOf("policies"), "--region", "DE", "--tenant", "acme", "--route", "/openai", "--cost");
        Assert.Equal(0, code);
        Assert.Contains("eu-gdpr/tax-identifiers", output, StringComparison.Ordinal);
        Assert.DoesNotContain("us-ccpa", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_UnknownRegion_EndsWithTwo() => Assert.Equal(2, Run("explain", Write("a.yaml", Good), "--region", "Europe").Code);

    [Fact]
    public void Diff_StricterPolicy_NamesWhatChanges()
    {
        var corpus = Write("corpus.jsonl", "{\"id\":\"one\",\"text\":\"4111 1111 1111 1111\"}\n{\"id\":\"two\",\"text\":\"hello\"}\n");
        var (code, output, _) = Run("diff", Write("a.yaml", Good), Write("b.yaml", Good.Replace("redact", "block", StringComparison.Ordinal)), "--corpus", corpus);
        Assert.Equal(1, code);
        Assert.Contains("one: redact -> block", output, StringComparison.Ordinal);
        Assert.DoesNotContain("two", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Replay_RecordedActions_AreCompared()
    {
        var corpus = Write("corpus.jsonl", "{\"id\":\"one\",\"text\":\"4111 1111 1111 1111\",\"action\":\"allow\"}\n");
        var (code, output, _) = Run("replay", Write("a.yaml", Good), "--corpus", corpus);
        Assert.Equal(1, code);
        Assert.Contains("one: allow then, redact now", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Replay_BrokenLine_EndsWithTwoAndDoesNotRepeatIt()
    {
        var (code, _, errors) = Run("replay", Write("a.yaml", Good), "--corpus", Write("corpus.jsonl", "secret canary\n"));
        Assert.Equal(2, code);
        Assert.DoesNotContain("canary", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Schema_Plain_IsTheRepositorys() =>
        Assert.Equal(File.ReadAllText(Repository.PathOf("schema", "policy.schema.json")), Run("schema", "--plain").Output);

    [Fact]
    public void New_Name_WritesAPolicyOnceOnly()
    {
        var file = Path.Combine(folder, "mine.yaml");
        Assert.Equal(0, Run("new", "mine", "--tenant", "acme", "--output", file).Code);
        Assert.Equal(2, Run("new", "mine", "--output", file).Code);
        Assert.Equal(0, Run("test", file).Code);
        Assert.NotEqual(0, Run("new", "Not A Name").Code);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    internal static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = PolicyCommand.Create().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = errors });
        return (code, output.ToString(), errors.ToString());
    }
}
