using System.Collections.Frozen;

namespace EdgeFilter.Proxy.Bodies;

/// <summary>
/// A protocol's description of one kind of body, compiled to a graph that is walked while a body is read: each step costs one
/// look-up, no path is built. Immutable; see <see cref="FieldMapParser"/> for the table it comes from.
/// </summary>
internal sealed class FieldMap
{
    /// <summary>The field of every place that no line describes.</summary>
    public const short Unknown = 0;

    /// <summary>The field of the whole body.</summary>
    public const short Root = 1;

    private readonly Step[] steps;
    private readonly FieldInfo[] fields;

    internal FieldMap(IReadOnlyList<FieldInfo> fields, IReadOnlyList<Step> steps)
    {
        this.fields = [.. fields];
        this.steps = [.. steps];
    }

    /// <summary>Describes nothing: every string is unknown.</summary>
    public static FieldMap Empty { get; } = FieldMapParser.Parse("");

    public IReadOnlyList<FieldInfo> Fields => fields;

    /// <summary>Reads a table; see <see cref="FieldMapParser"/>.</summary>
    /// <param name="snakeCaseToo">Every name counts in snake case as well, as in protobuf's JSON: <c>inlineData</c>, <c>inline_data</c>.</param>
    /// <param name="mounted">The description of the bodies that this one holds, where its lines say <c>-> @</c>.</param>
    public static FieldMap Parse(string table, bool snakeCaseToo = false, FieldMap? mounted = null) => FieldMapParser.Parse(table, snakeCaseToo, mounted);

    public FieldInfo this[short field] => fields[field];

    /// <summary>The field that a table spells <paramref name="path"/>; throws when there is none, for that is a mistake in our code.</summary>
    public short FieldOf(string path) =>
        fields.FirstOrDefault(f => f.Path == path)?.Id ?? throw new ArgumentException($"The table has no line for '{path}'.", nameof(path));

    /// <summary>Every step that leads on from a field: a member's name, <c>*</c> for any other, <c>[]</c> for an element.</summary>
    internal IEnumerable<(string Step, short Field)> StepsFrom(short field)
    {
        foreach (var (name, next) in steps[field].Members ?? FrozenDictionary<string, short>.Empty)
        {
            yield return (name, next);
        }

        if (steps[field].Wildcard != Unknown)
        {
            yield return ("*", steps[field].Wildcard);
        }

        if (steps[field].Element != Unknown)
        {
            yield return ("[]", steps[field].Element);
        }
    }

    /// <summary>The names of a field's members that may be spelled in two ways; null for none.</summary>
    internal FrozenDictionary<string, string>? SpellingsOf(short field) => steps[field].Spellings;

    /// <summary>The field of an array's elements.</summary>
    internal short Element(short field) => steps[field].Element;

    /// <summary>The field of an object that stands where the table knows nothing but a list: readers of protobuf's JSON take it for its only element.</summary>
    internal short OfObject(short field)
    {
        ref readonly var step = ref steps[field];
        return step is { Members: null, Wildcard: Unknown } && step.Element != Unknown ? step.Element : field;
    }

    /// <summary>The field of a member.</summary>
    /// <param name="name">The name as it is.</param>
    /// <param name="folded">The name with letters that fold to ASCII ones replaced by those.</param>
    /// <param name="known">The table spells this name.</param>
    /// <param name="otherCase">The table spells it, but in other upper and lower case: readers disagree on whether that is the same.</param>
    internal short Member(short field, ReadOnlySpan<char> name, ReadOnlySpan<char> folded, out bool known, out bool otherCase)
    {
        ref readonly var step = ref steps[field];
        otherCase = false;
        known = false;
        if (step.Members is { } members)
        {
            if (members.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var member))
            {
                known = true;
                return member;
            }

            otherCase = !step.IsFree && step.MembersInAnyCase!.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(folded);
        }

        return step.Wildcard;
    }

    /// <summary>How the table spells a known name that may be spelled in two ways; null for the name as it is.</summary>
    internal string? OtherSpelling(short field, ReadOnlySpan<char> name) =>
        steps[field].Spellings is { } spellings && spellings.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var spelling)
            ? spelling
            : null;

    /// <summary>Names below are the sender's own: two that differ in case are two.</summary>
    internal bool IsFree(short field) => steps[field].IsFree;

    /// <summary>Where one field leads.</summary>
    internal sealed record Step(
        FrozenDictionary<string, short>? Members,
        FrozenDictionary<string, short>? MembersInAnyCase,
        FrozenDictionary<string, string>? Spellings,
        short Wildcard,
        short Element,
        bool IsFree);
}
