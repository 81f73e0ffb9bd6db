using System.Buffers;

namespace EdgeFilter.Detection.Normalization;

/// <summary>Renders texts for classifiers, which score what a model would read and need no map back.</summary>
public static class ReadableText
{
    // A window is a few thousand characters: more fragments than this only cost time.
    private const int MaxFragments = 32;
    private const int MinRotatedWords = 3;

    // the and you your ignore instructions system prompt password previous this with — in rot13.
    private static readonly SearchValues<string> RotatedWords = SearchValues.Create(
        ["gur ", "naq ", "lbh ", "lbhe ", "vtaber", "vafgehpg", "flfgrz", "cebzcg", "cnffjbeq", "cerivbhf", "guvf ", "jvgu "],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a text, or the window of it that a classifier is asked about, in every other way.</summary>
    /// <returns>An instance without text and fragments when there is no other way; costs one scan and no memory then.</returns>
    public static RenderedText Render(ReadOnlySpan<char> text)
    {
        var seen = TextScan.Scan(text);
        var rotated = IsRotated(text);
        if (!seen.Any && !rotated)
        {
            return RenderedText.Unchanged;
        }

        var fragments = new Fragments();
        var rendered = Read(new ViewSource(text, 0, isStart: true, isFinal: true), fragments);
        if (rotated)
        {
            fragments.Add(Rotate(text));
        }

        return rendered is null && fragments.Texts.Count == 0 ? RenderedText.Unchanged : new RenderedText(rendered, fragments.Texts);
    }

    /// <summary>Collects what a text hides and returns how else it reads, or null.</summary>
    private static string? Read(in ViewSource source, Fragments fragments)
    {
        HiddenText.Read(source, fragments);
        using var normalised = NormalisedView.Build(source);
        var plain = normalised is null ? source : normalised.AsSource();
        var seen = TextScan.Scan(plain.Text);
        if (seen.FirstRun >= 0)
        {
            EncodedRuns.Read(plain, seen.FirstRun, fragments);
        }

        using var joined = seen.FirstSeparated < 0 ? null : SeparatedView.Build(plain, 0, keepBetweenKinds: false, out _);
        if (joined is not null)
        {
            return joined.Text.ToString();
        }

        return normalised?.Text.ToString();
    }

    private static bool IsRotated(ReadOnlySpan<char> text)
    {
        var words = 0;
        for (var at = text.IndexOfAny(RotatedWords); at >= 0 && ++words < MinRotatedWords;)
        {
            var next = text[(at + 1)..].IndexOfAny(RotatedWords);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return words >= MinRotatedWords;
    }

    private static string Rotate(ReadOnlySpan<char> text) => string.Create(text.Length, text, static (rotated, original) =>
    {
        for (var i = 0; i < rotated.Length; i++)
        {
            rotated[i] = RotatedTokens.Rotate(original[i]);
        }
    });

    /// <summary>Keeps fragments as strings, and reads each in its turn.</summary>
    private sealed class Fragments : IFragmentSink
    {
        private int depth;

        public List<string> Texts { get; } = [];

        public void Add(string text) => Texts.Add(text);

        public void Hold(int original)
        {
            // A rendered text is always complete.
        }

        public void Judge(ViewText fragment)
        {
            if (Texts.Count >= MaxFragments || fragment.Length - fragment.PrefixLength < TextViewLimits.MinDecoded)
            {
                return;
            }

            // Without the text before it: classifiers see that in the window itself.
            var at = Texts.Count;
            Texts.Add(fragment.Text[fragment.PrefixLength..].ToString());
            if (++depth < TextViewLimits.MaxDepth)
            {
                var hidden = Texts[at];
                Texts[at] = Read(new ViewSource(hidden, 0, isStart: true, isFinal: true), this) ?? hidden;
            }

            depth--;
        }
    }
}
