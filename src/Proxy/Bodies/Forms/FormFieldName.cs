namespace EdgeFilter.Proxy.Bodies.Forms;

/// <summary>A field's name, held against the protocol's description: <c>prompt</c>, <c>image[]</c>, <c>expires_after[seconds]</c>.</summary>
/// <param name="Field">What the description says of the place.</param>
/// <param name="IsKnown">The description spells the name, so that it says nothing of the sender's.</param>
/// <param name="IsList">The name may come again.</param>
/// <param name="Key">Fields of one key are one to some receiver.</param>
internal readonly record struct FormFieldName(short Field, bool IsKnown, bool IsList, string Key)
{
    private const int MostBrackets = 4;

    /// <returns>False when receivers would read different names out of it.</returns>
    public static bool TryResolve(string name, FieldMap map, out FormFieldName resolved)
    {
        resolved = default;
        var bracket = name.IndexOf('[', StringComparison.Ordinal);
        var head = bracket < 0 ? name : name[..bracket];
        if (head.Length == 0 || head.Contains(']', StringComparison.Ordinal) || string.Equals(head, "_charset_", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (!Step(map, FieldMap.Root, head, out var field, out var isKnown))
        {
            return false;
        }

        var isList = false;
        var key = head;
        var rest = bracket < 0 ? "" : name[bracket..];
        for (var depth = 0; rest.Length > 0; depth++)
        {
            var close = rest.IndexOf(']', StringComparison.Ordinal);
            if (depth == MostBrackets || rest[0] != '[' || close < 0 || isList)
            {
                return false;
            }

            var inner = rest[1..close];
            rest = rest[(close + 1)..];
            if (inner.Length == 0)
            {
                // An element of a list: what the description says of one holds for all.
                isList = true;
                continue;
            }

            if (inner.Contains('[', StringComparison.Ordinal) || !Step(map, field, inner, out field, out var innerKnown))
            {
                return false;
            }

            isKnown &= innerKnown;
            key += $"[{inner}]";
        }

        resolved = new FormFieldName(field, isKnown, isList, key);
        return true;
    }

    private static bool Step(FieldMap map, short from, string name, out short field, out bool isKnown)
    {
        var folded = new char[name.Length];
        JsonReader.Fold(name, folded);
        field = map.Member(from, name, folded, out isKnown, out var otherCase);
        return !otherCase;
    }
}
