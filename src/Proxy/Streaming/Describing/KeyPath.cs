using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>What tells lanes or parts apart, compiled: elements of an array by their <c>index</c>, or a number of the event.</summary>
/// <param name="Field">The elements' field, or the number's.</param>
/// <param name="IsElement">True for elements of an array.</param>
internal readonly record struct KeyPath(short Field, bool IsElement)
{
    /// <summary>Where a lane is not told apart: there is one.</summary>
    public static readonly KeyPath None = new(-1, IsElement: false);

    public bool IsNone => Field < 0;

    public static KeyPath Compile(string? path, FieldMap fields) =>
        path is null ? None : new KeyPath(fields.FieldOf(path), path.EndsWith("[]", StringComparison.Ordinal));
}
