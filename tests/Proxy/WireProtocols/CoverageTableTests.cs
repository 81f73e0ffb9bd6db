using System.Text;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols;
using EdgeFilter.Testing;

namespace EdgeFilter.Proxy.Tests.WireProtocols;

/// <summary><c>docs/protocols.md</c> is made from the protocol tables; with EDGEFILTER_UPDATE_GOLDEN set it is written anew.</summary>
public class CoverageTableTests
{
    [Fact]
    public void Docs_ListEveryPlaceOfEveryProtocol()
    {
        var path = Repository.PathOf("docs", "protocols.md");
        var document = Write();
        if (Environment.GetEnvironmentVariable("EDGEFILTER_UPDATE_GOLDEN") is not null)
        {
            File.WriteAllText(path, document, new UTF8Encoding(false));
        }

        Assert.Equal(File.ReadAllText(path), document);
    }

    private static string Write()
    {
        var text = new StringBuilder("""
            # What is inspected, protocol by protocol

            Made from the tables in `src/Proxy/WireProtocols` by `CoverageTableTests`; don't edit it by hand.

            Anything that is not listed here is inspected as untrusted metadata and named in the record's coverage. A path that no
            protocol lists is refused. Where the last column gives a reason, the place is inspected and can block, but is never changed.

            | word | meaning |
            |---|---|
            | text | read by a model or a person: inspected, may be changed |
            | json | text that holds JSON: inspected at both levels, may be changed |
            | lines | a file: JSON Lines are inspected line by line, each as the body that it holds; other text as one text; may be changed |
            | opaque | ids, names, contracts between machines: inspected, can block, never changed |
            | sealed | signed or encrypted by the provider: never changed, listed in coverage |
            | word | one of the protocol's own words; anything else in its place is inspected as opaque |
            | number | numbers and flags |
            | media | image, sound or file: typed, sized, listed in coverage; text inside is read where it can be |
            | tokens | text, or token ids that can't be read: those are listed in coverage |
            | history | refers to what the provider stores: listed in coverage |
            | credential | meant for the receiver: never changed, never recorded |


            """);
        text.Append("| protocol | id | providers | paths |\n|---|---|---|---|\n");
        foreach (var protocol in WireProtocolCatalog.All)
        {
            var routes = string.Join("<br>", protocol.Routes.Select(r => $"`{r}`"));
            text.Append($"| {protocol.Title} | {protocol.Id} | {string.Join(", ", protocol.Families)} | {routes} |\n");
        }

        var seen = new Dictionary<FieldMap, string> { [FieldMap.Empty] = "" };
        foreach (var protocol in WireProtocolCatalog.All)
        {
            if (!protocol.HasNoRequestBody)
            {
                WriteMap(text, seen, protocol.Request, $"{protocol.Title}: request");
            }

            if (protocol.Form is { } form)
            {
                WriteMap(text, seen, form, $"{protocol.Title}: form");
            }

            WriteMap(text, seen, protocol.Response, $"{protocol.Title}: answer");
        }

        return text.ToString();
    }

    private static void WriteMap(StringBuilder text, Dictionary<FieldMap, string> seen, FieldMap map, string title)
    {
        if (!seen.TryAdd(map, title))
        {
            return;
        }

        text.Append($"\n## {title}\n\n| place | carries | who speaks | note |\n|---|---|---|---|\n");
        foreach (var field in map.Fields)
        {
            foreach (var rule in field.Rules)
            {
                var condition = rule.OnlyForTypes is { } types ? $" (type {string.Join(", ", types)})" : "";
                var role = rule.Role?.ToString() ?? "";
                text.Append($"| `{field.Path}`{condition} | {rule.Kind.ToString().ToLowerInvariant()} | {role} | {rule.Note} |\n");
            }
        }
    }
}
