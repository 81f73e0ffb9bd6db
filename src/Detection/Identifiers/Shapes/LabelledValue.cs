namespace EdgeFilter.Detection.Identifiers.Shapes;

/// <summary>A value that its label gives away.</summary>
internal abstract class LabelledValue
{
    /// <summary>Words that a label begins with or contains.</summary>
    public abstract IReadOnlyList<string> Labels { get; }

    public abstract int MaxLength { get; }

    /// <summary>The value at <paramref name="start"/>.</summary>
    /// <param name="text">The text as far as it is known.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="alive">True when the text ended before the value did.</param>
    /// <param name="confidence">How sure it is, when there is one.</param>
    /// <returns>The length, 0 without a value.</returns>
    public abstract int Match(ReadOnlySpan<char> text, int start, out bool alive, out float confidence);
}
