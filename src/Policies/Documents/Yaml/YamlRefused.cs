namespace EdgeFilter.Policies.Documents.Yaml;

/// <summary>A piece that was refused and reported: whoever comes upon it says nothing more about it.</summary>
internal sealed record YamlRefused(SourcePlace At) : YamlNode(At)
{
    public override string Describe() => "something refused";
}
