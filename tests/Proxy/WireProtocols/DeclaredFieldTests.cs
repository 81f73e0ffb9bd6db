using System.Text;
using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols;
using EdgeFilter.Proxy.WireProtocols.Segments;

namespace EdgeFilter.Proxy.Tests.WireProtocols;

/// <summary>What the tables promise, tried at every place that they name.</summary>
public class DeclaredFieldTests
{
    private const string Canary = "canary sings 4111";

    public static TheoryData<string, string> Maps
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var protocol in WireProtocolCatalog.All)
            {
                data.Add(protocol.Id, "answer");
                if (!protocol.HasNoRequestBody)
                {
                    data.Add(protocol.Id, "request");
                }

                if (protocol.Form is not null)
                {
                    data.Add(protocol.Id, "form");
                }
            }

            return data;
        }
    }

    /// <summary>Law 4: text at any place is judged, whatever the table says that the place carries; only credentials are not.</summary>
    [Theory]
    [MemberData(nameof(Maps))]
    public void Read_CanaryAtAnyDeclaredPlace_IsJudged(string id, string which)
    {
        var map = MapOf(id, which);
        foreach (var (field, steps) in DeclaredPlaces.Of(map))
        {
            using var body = JsonBody.Rent();
            Assert.Null(body.Read(DeclaredPlaces.Document(steps, Canary), map));
            using var inspected = InspectedBody.Read(body);

            Assert.Equal(map[field].Default?.Kind != FieldKind.Credential, IsJudged(inspected));
        }
    }

    /// <summary>What the table calls text can be changed, and nothing else can.</summary>
    [Theory]
    [MemberData(nameof(Maps))]
    public void Read_AnyDeclaredPlace_IsEditableWhereTheTableSaysText(string id, string which)
    {
        var map = MapOf(id, which);
        foreach (var (field, steps) in DeclaredPlaces.Of(map))
        {
            if (map[field].Default is not { } rule || rule.Kind is FieldKind.Credential or FieldKind.Media)
            {
                continue;
            }

            using var body = JsonBody.Rent();
            Assert.Null(body.Read(DeclaredPlaces.Document(steps, Canary), map));
            using var inspected = InspectedBody.Read(body);
            var values = inspected.Segments.ToArray().Where((s, i) => !s.IsName && inspected.Text(i) == Canary);

            Assert.All(values, s => Assert.Equal(rule.Kind is FieldKind.Text or FieldKind.Json or FieldKind.Tokens or FieldKind.Lines, s.IsEditable));
        }
    }

    /// <summary>A new member of any object is inspected, and the record says that it was there.</summary>
    [Theory]
    [MemberData(nameof(Maps))]
    public void Read_UnknownMember_IsJudgedAndListed(string id, string which)
    {
        var map = MapOf(id, which);
        using var body = JsonBody.Rent();
        Assert.Null(body.Read(Encoding.UTF8.GetBytes("{\"zz_unheard_of\":{\"deep\":[\"" + Canary + "\"]}}"), map));
        using var inspected = InspectedBody.Read(body);

        Assert.True(IsJudged(inspected));
        Assert.Contains(inspected.Coverage, c => c.Kind == CoverageKind.UnknownField);
    }

    /// <summary>One object alone has the members that it has in a list.</summary>
    [Theory]
    [InlineData("openai.files", """{"id":"file-1","object":"file","filename":"a.txt","purpose":"batch","bytes":1}""")]
    [InlineData("openai.batches", """{"id":"batch_1","object":"batch","endpoint":"/v1/chat/completions","status":"completed","output_file_id":"file-2"}""")]
    [InlineData("anthropic.batches", """{"id":"msgbatch_1","type":"message_batch","processing_status":"ended","results_url":"https://example.com/r"}""")]
    [InlineData("openai.assistants.stored", """{"id":"msg_1","object":"thread.message","role":"assistant","content":[{"type":"text","text":{"value":"x","annotations":[]}}]}""")]
    public void Read_ObjectAloneAtTheRoot_IsDescribedAsInItsList(string id, string json)
    {
        var map = MapOf(id, "answer");
        foreach (var whole in new[] { json, $"{{\"data\":[{json}]}}" })
        {
            using var body = JsonBody.Rent();
            Assert.Null(body.Read(Encoding.UTF8.GetBytes(whole), map));
            using var inspected = InspectedBody.Read(body);

            Assert.Empty(inspected.Coverage);
        }
    }

    [Fact]
    public void Tables_SayWhyAPlaceIsNeverChanged()
    {
        var silent = WireProtocolCatalog.All
            .SelectMany(p => new[] { p.Request, p.Response })
            .Distinct()
            .SelectMany(m => m.Fields)
            .Where(f => f.Rules.Any(r => r.Kind is FieldKind.Opaque or FieldKind.Sealed && r.Note.Length == 0))
            .Select(f => f.Path)
            .Distinct();

        Assert.Empty(silent);
    }

    private static FieldMap MapOf(string id, string which)
    {
        var protocol = WireProtocolCatalog.All.Single(p => p.Id == id);
        return which switch
        {
            "request" => protocol.Request,
            "form" => protocol.Form!,
            _ => protocol.Response,
        };
    }

    private static bool IsJudged(InspectedBody inspected)
    {
        using var texts = inspected.Texts();
        while (texts.Next())
        {
            if (texts.Text.Contains(Canary, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
