using EdgeFilter.Detection;

namespace EdgeFilter.Policies.Filtering;

/// <summary>A part of a text that is replaced.</summary>
/// <param name="Span">In UTF-16 code units of the original text.</param>
/// <param name="Replacement">What stands there instead. May hold the last characters of a masked value: not for logs.</param>
public readonly record struct TextEdit(TextSpan Span, string Replacement)
{
    public override string ToString() => $"{Span.Start}+{Span.Length}";
}
