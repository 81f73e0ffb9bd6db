using EdgeFilter.Policies.Combining;
using EdgeFilter.Policies.Documents;
using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Policies.Candidates;

/// <summary>Puts changed documents over those in force: a document of the same name is replaced, any other joins.</summary>
internal static class CandidateOverlay
{
    public static IReadOnlyList<SourceFile> Over(IReadOnlyList<SourceFile> live, IReadOnlyList<SourceFile> changes)
    {
        var files = live.ToDictionary(s => s.Path, StringComparer.Ordinal);
        var paths = live.Select(s => (Name: NameOf(s), s.Path)).Where(p => p.Name is not null)
            .GroupBy(p => p.Name!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Path, StringComparer.Ordinal);
        foreach (var change in changes)
        {
            var name = NameOf(change);
            var path = name is not null && paths.TryGetValue(name, out var known) ? known : Free(change.Path, files);
            files[path] = change with { Path = path };
        }

        return [.. files.Values.OrderBy(s => s.Path, StringComparer.Ordinal)];
    }

    private static string Free(string path, Dictionary<string, SourceFile> files)
    {
        var name = path;
        for (var i = 2; files.ContainsKey(name); i++)
        {
            name = Path.ChangeExtension(path, null) + "-" + i.ToString(System.Globalization.CultureInfo.InvariantCulture) + Path.GetExtension(path);
        }

        return name;
    }

    // What can't be read has no name; the reader of the whole set says what is wrong with it.
    private static string? NameOf(SourceFile source)
    {
        var file = source.Bytes is { } bytes ? DocumentReader.Read(bytes.Span, source.Path, new ProblemList()) : null;
        return file switch
        {
            { Policy.Name: { } policy } => "policy " + policy.Value,
            { Waiver.Name: { } waiver } => "waiver " + waiver.Value,
            _ => null,
        };
    }
}
