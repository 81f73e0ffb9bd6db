namespace EdgeFilter.Detection.Normalization;

/// <summary>A text as a model would read it, for classifiers. Made by <see cref="ReadableText.Render"/>.</summary>
public sealed class RenderedText
{
    internal static readonly RenderedText Unchanged = new(null, []);

    internal RenderedText(string? text, IReadOnlyList<string> fragments)
    {
        Text = text;
        Fragments = fragments;
    }

    /// <summary>The text with escapes undone, look-alikes folded and invisible characters gone; null when it reads the same.</summary>
    public string? Text { get; }

    /// <summary>What encodings and invisible characters in it hide, outermost first.</summary>
    public IReadOnlyList<string> Fragments { get; }

    /// <summary>Lengths only: the text belongs to whoever owns it.</summary>
    public override string ToString() => Text is null && Fragments.Count == 0
        ? "unchanged"
        : $"{Text?.Length ?? 0} characters, {Fragments.Count} fragments";
}
