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
    public static FieldMap Parse(string table) => FieldMapParser.Parse(table);

    public FieldInfo this[short field] => fields[field];

    /// <summary>The field that a table spells <paramref name="path"/>; throws when there is none, for that is a mistake in our code.</summary>
    public short FieldOf(string path) =>
        fields.FirstOrDefault(f => f.Path == path)?.Id ?? throw new ArgumentException($"The table has no line for '{path}'.", nameof(path));

    /// <summary>The field of an array's elements.</summary>
    internal short Element(short field) => steps[field].Element;

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

    /// <summary>Names below are the sender's own: two that differ in case are two.</summary>
    internal bool IsFree(short field) => steps[field].IsFree;

    /// <summary>Where one field leads.</summary>
    internal sealed record Step(
        FrozenDictionary<string, short>? Members,
        FrozenDictionary<string, short>? MembersInAnyCase,
        short Wildcard,
        short Element,
        bool IsFree);
}
