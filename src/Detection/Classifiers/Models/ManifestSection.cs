using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>A mapping of the document, with its place for messages.</summary>
internal sealed class ManifestSection(string model, YamlNode node, string name)
{
    private readonly YamlMappingNode mapping = node as YamlMappingNode
        ?? throw ManifestReader.Bad(model, node.Start.Line, $"'{name}' must be a mapping");

    public IEnumerable<string> Keys => mapping.Children.Keys.Select(k => ((YamlScalarNode)k).Value ?? "");

    public ModelException Wrong(string what) => ManifestReader.Bad(model, mapping.Start.Line, what);

    public bool Has(string key) => mapping.Children.ContainsKey(new YamlScalarNode(key));

    public void Only(params ReadOnlySpan<string> known)
    {
        foreach (var key in mapping.Children.Keys)
        {
            if (key is not YamlScalarNode { Value: { } written } || !known.Contains(written))
            {
                throw ManifestReader.Bad(model, key.Start.Line, $"'{name}' has a key that is not one of {string.Join(", ", known.ToArray())}");
            }
        }
    }

    public ManifestSection Child(string key) => new(model, Node(key), key);

    public List<ManifestSection> List(string key) =>
        Node(key) is YamlSequenceNode list
            ? [.. list.Children.Select(n => new ManifestSection(model, n, key))]
            : throw ManifestReader.Bad(model, Node(key).Start.Line, $"'{key}' must be a list");

    public List<string> Texts(string key) =>
        !Has(key) ? [] : Node(key) is YamlSequenceNode list
            ? [.. list.Children.Select(n => (n as YamlScalarNode)?.Value ?? throw ManifestReader.Bad(model, n.Start.Line, $"'{key}' must be a list of texts"))]
            : throw ManifestReader.Bad(model, Node(key).Start.Line, $"'{key}' must be a list");

    public string Text(string key) =>
        Node(key) is YamlScalarNode { Value: { Length: > 0 } value } ? value : throw ManifestReader.Bad(model, Node(key).Start.Line, $"'{key}' must be a text");

    public int Whole(string key, int least, int most) =>
        int.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw ManifestReader.Bad(model, Node(key).Start.Line, $"'{key}' must be a whole number from {least} to {most}");

    public float Part(string key) =>
        float.TryParse(Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1
            ? value
            : throw ManifestReader.Bad(model, Node(key).Start.Line, $"'{key}' must be a number from 0 to 1");

    private YamlNode Node(string key) =>
        mapping.Children.TryGetValue(new YamlScalarNode(key), out var node) ? node : throw Wrong($"'{name}' lacks '{key}'");
}
