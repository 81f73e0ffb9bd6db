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
    private string? whenEmpty;

    public override string Wanted => wanted;

    public IEnumerable<string> Keys => fields.Select(f => f.Key);

    /// <summary>An empty mapping is a mistake.</summary>
    /// <param name="says">What could be meant, and what to write.</param>
    public MapShape<T> NotEmpty(string says)
    {
        whenEmpty = says;
        return this;
    }

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

        if (map.Entries.Count == 0 && whenEmpty is not null)
        {
            problems.Add(ProblemKinds.EmptyList, node.At, whenEmpty);
            return false;
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
            var described = field.Schema(definitions);
            described["description"] = field.Doc;
            properties[field.Key] = described;
        }

        var schema = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray([.. fields.Where(f => f.IsRequired).Select(f => (JsonNode)f.Key)]),
            ["properties"] = properties,
        };
        if (whenEmpty is not null)
        {
            schema["minProperties"] = 1;
        }

        return schema;
    });

    private string UnknownKey(string key, string? nearest) =>
        $"'{PlainScalar.Shorten(key)}' is not a key of {(IsThing ? $"a {name}" : $"'{name}'")}." +
        (nearest is not null
            ? $" Did you mean '{nearest}'?{NearestName.Odd(key, nearest)}"
            : $"{Hint(key)} Its keys are: {string.Join(", ", Keys)}.");

    // Documents and their items have names of their own; the other mappings are named by the key that they stand under.
    private bool IsThing => name is "policy" or "waiver" or "rule" or "test" or "pattern" or "dictionary";

    private static string Hint(string key) =>
        key.Length > 0 && key.All(char.IsAsciiDigit) ? " Decimals are written with a point, as in 0.9." :
        key.Contains("zone", StringComparison.OrdinalIgnoreCase) || key is "tz" ? " Times are UTC." :
        key.Any(c => c > '~') ? $" It holds the character U+{(int)key.First(c => c > '~'):X4}; indent with plain spaces." : "";

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
