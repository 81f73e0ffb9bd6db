using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using EdgeFilter.Policies.Documents.Yaml;
using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Policies.Documents.Shapes;

/// <summary>A mapping with known keys: everything else in it is a mistake.</summary>
/// <param name="name">The part's name in the schema: <c>rule</c>.</param>
/// <param name="wanted">"a rule, with id, find and then".</param>
/// <param name="create">Makes the empty document at a place.</param>
internal sealed class MapShape<T>(string name, string wanted, Func<SourcePlace, T> create) : Shape<T>
{
    private readonly List<Field> fields = [];

    public override string Wanted => wanted;

    public IEnumerable<string> Keys => fields.Select(f => f.Key);

    /// <summary>Adds a key that must be there.</summary>
    public MapShape<T> Required<TValue>(string key, Shape<TValue> shape, Action<T, TValue> set, string doc) =>
        Add(key, shape, set, doc, required: true);

    /// <summary>Adds a key that may be there.</summary>
    public MapShape<T> Optional<TValue>(string key, Shape<TValue> shape, Action<T, TValue> set, string doc) =>
        Add(key, shape, set, doc, required: false);

    public override bool TryRead(YamlNode node, ProblemList problems, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (node is not YamlMap map)
        {
            return Mismatch(node, problems);
        }

        value = create(map.At);
        var before = problems.Count;
        var meant = new List<string?>();
        foreach (var entry in map.Entries)
        {
            var field = fields.Find(f => string.Equals(f.Key, entry.Key.Text, StringComparison.Ordinal));
            if (field is not null)
            {
                field.Read(entry.Value, problems, value);
            }
            else
            {
                var nearest = NearestName.Find(entry.Key.Text, Keys);
                meant.Add(nearest);
                problems.Add(ProblemKinds.UnknownKey, entry.Key.At, UnknownKey(entry.Key.Text, nearest));
            }
        }

        // A mistyped key was named above; that the right one is missing goes without saying.
        foreach (var missing in fields.Where(f => f.IsRequired && map.Find(f.Key) is null && !meant.Contains(f.Key)))
        {
            problems.Add(ProblemKinds.MissingKey, map.At, $"'{missing.Key}' is missing here; write {missing.Wanted}.");
        }

        if (value is IMayBePartial part && problems.Count > before)
        {
            part.IsPartial = true;
        }

        return true;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => definitions.Reference(name, () =>
    {
        var properties = new JsonObject();
        foreach (var field in fields)
        {
            var schema = field.Schema(definitions);
            schema["description"] = field.Doc;
            properties[field.Key] = schema;
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray([.. fields.Where(f => f.IsRequired).Select(f => (JsonNode)f.Key)]),
            ["properties"] = properties,
        };
    });

    private string UnknownKey(string key, string? nearest) =>
        $"'{PlainScalar.Shorten(key)}' is not a key of a {name.Replace('-', ' ')}." +
        (nearest is not null ? $" Did you mean '{nearest}'?" : $" Its keys are: {string.Join(", ", Keys)}.");

    private MapShape<T> Add<TValue>(string key, Shape<TValue> shape, Action<T, TValue> set, string doc, bool required)
    {
        fields.Add(new Field(
            key,
            doc,
            shape.Wanted,
            required,
            (node, problems, target) =>
            {
                if (shape.TryRead(node, problems, out var read))
                {
                    set(target, read);
                }
            },
            shape.Schema));
        return this;
    }

    private sealed record Field(
        string Key,
        string Doc,
        string Wanted,
        bool IsRequired,
        Action<YamlNode, ProblemList, T> Read,
        Func<SchemaDefinitions, JsonObject> Schema);
}
