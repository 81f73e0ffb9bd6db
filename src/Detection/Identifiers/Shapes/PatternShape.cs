using EdgeFilter.Detection.Patterns;

namespace EdgeFilter.Detection.Identifiers.Shapes;

/// <summary>A shape that a pattern describes.</summary>
internal class PatternShape(LinearPattern pattern, DigitLead? lead = null) : Shape
{
    public override int MaxLength => pattern.MaxLength;

    public override DigitLead? Lead => lead;

    public override bool Match(ReadOnlySpan<char> text, int start, out int length, out bool alive) =>
        pattern.Match(text, start, out length, out alive);
}
