using System.Runtime.InteropServices;

namespace EdgeFilter.Proxy.Bodies;

/// <summary>
/// A name, string, number or literal of a JSON body, by place. It carries no text: <see cref="JsonBody.Decode"/> reads it from
/// the body's own bytes, which are also what is sent on.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct JsonLeaf
{
    /// <summary>Byte offset in the body; for names and strings, of the first byte behind the opening quote.</summary>
    public required int Start { get; init; }

    /// <summary>Raw bytes; for names and strings, those between the quotes. Never fewer than the decoded UTF-16 code units.</summary>
    public required int Length { get; init; }

    /// <summary>The object or array that holds it; -1 when the body is this one value.</summary>
    public required int Container { get; init; }

    /// <summary>The leaf that is this value's name; -1 for array elements, for the root and for names themselves.</summary>
    public required int Name { get; init; }

    /// <summary>The place among its container's elements or members, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>What the protocol's description says of this place, as an index into <see cref="FieldMap"/>. A name has its value's.</summary>
    public required short Field { get; init; }

    public required JsonKind Kind { get; init; }

    /// <summary>A name or string written with at least one backslash.</summary>
    public required bool IsEscaped { get; init; }

    /// <summary>A name that the protocol's description spells out, so that it says nothing of the sender's.</summary>
    public bool IsKnownName { get; init; }

    /// <summary>A string or name of JSON, which stands between quotes.</summary>
    public bool IsText => Kind is JsonKind.String or JsonKind.Name;

    /// <summary>Text outside of JSON: no escapes are read in it, and none are written.</summary>
    public bool IsPlain => Kind is JsonKind.Plain or JsonKind.Quoted;

    public int End => Start + Length;
}
