using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.Segments;

/// <summary>What the objects and arrays around a leaf say about it.</summary>
/// <param name="Role">Who speaks, as the nearest object with a role says; a user's, where nobody does: the least trusted of those who ask.</param>
/// <param name="Group">The nearest message or record; <see cref="UnitBuilder.Stray"/> outside of any.</param>
/// <param name="Echo">The outermost object or array that repeats other text; -1 outside of any.</param>
/// <param name="TypeLeaf">The nearest object's word for what it is; -1 where there is none.</param>
internal readonly record struct FieldContext(SegmentRole Role, int Group, bool IsRecord, int Message, int Choice, int Echo, int TypeLeaf)
{
    private static readonly (string Word, SegmentRole Role)[] Words =
    [
        ("user", SegmentRole.User),
        ("assistant", SegmentRole.Assistant),
        ("model", SegmentRole.Assistant),
        ("system", SegmentRole.System),
        ("developer", SegmentRole.Developer),
        ("tool", SegmentRole.ToolResult),
        ("function", SegmentRole.ToolResult),
    ];

    /// <summary>Reads the surroundings of a leaf from the inside out.</summary>
    /// <param name="container">The leaf's own container; -1 for a body that is one value.</param>
    public static FieldContext Of(JsonBody body, int container)
    {
        SegmentRole? role = null;
        int group = UnitBuilder.Stray, message = -1, choice = -1, echo = -1, typeLeaf = -1;
        var isRecord = false;
        for (var at = container; at >= 0; at = body.Containers[at].Parent)
        {
            ref readonly var around = ref body.Containers[at];
            var field = body.Map[around.Field];
            typeLeaf = typeLeaf < 0 ? around.TypeLeaf : typeLeaf;
            role ??= field.RoleBelow ?? (around.RoleLeaf >= 0 ? RoleOf(body, around.RoleLeaf) : null);
            if ((field.Traits & (FieldTraits.Message | FieldTraits.Record)) != 0 && group == UnitBuilder.Stray)
            {
                group = at;
                isRecord = (field.Traits & FieldTraits.Record) != 0;
            }

            if ((field.Traits & FieldTraits.Message) != 0)
            {
                message = around.Index;
            }

            if ((field.Traits & FieldTraits.Choice) != 0)
            {
                choice = around.Index;
            }

            if ((field.Traits & FieldTraits.Echo) != 0)
            {
                echo = at;
            }
        }

        return new FieldContext(role ?? SegmentRole.User, group, isRecord, message, choice, echo, typeLeaf);
    }

    private static SegmentRole RoleOf(JsonBody body, int leaf)
    {
        foreach (var (word, role) in Words)
        {
            if (body.IsWord(leaf, word, ignoreCase: true))
            {
                return role;
            }
        }

        return SegmentRole.User;
    }
}
