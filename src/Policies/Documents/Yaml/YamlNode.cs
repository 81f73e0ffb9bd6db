using EdgeFilter.Policies.Documents;

namespace EdgeFilter.Policies.Documents.Yaml;

/// <summary>A piece of YAML exactly as it was written: nothing converted, every piece with its place.</summary>
internal abstract record YamlNode(SourcePlace At)
{
    /// <summary>What it is, for a sentence: "a list", "a mapping", "the text 'abc'".</summary>
    public abstract string Describe();
}

/// <param name="Text">The characters, quotes and escapes undone.</param>
/// <param name="IsPlain">True when written without quotes, so that YAML itself would guess its type.</param>
internal sealed record YamlScalar(SourcePlace At, string Text, bool IsPlain) : YamlNode(At)
{
    public override string Describe() => PlainScalar.Describe(this);
}

internal sealed record YamlList(SourcePlace At, IReadOnlyList<YamlNode> Items) : YamlNode(At)
{
    public override string Describe() => "a list";
}

internal sealed record YamlMap(SourcePlace At, IReadOnlyList<YamlEntry> Entries) : YamlNode(At)
{
    public override string Describe() => "a mapping";

    public YamlEntry? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (string.Equals(entry.Key.Text, key, StringComparison.Ordinal))
            {
                return entry;
            }
        }

        return null;
    }
}

internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);
