using System.Text;
using EdgeFilter.Detection;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.Segments;

/// <summary>A text that stands wrapped up in a place for media, with the changes made to it.</summary>
internal sealed class CoatedText(string text, TextCoat coat)
{
    private readonly List<(TextSpan Span, string Replacement)> edits = [];

    public string Text => text;

    /// <summary>Replaces a part of the text; the whole place is written anew when the body is.</summary>
    public void Replace(JsonSplicer splicer, int leaf, TextSpan span, string replacement)
    {
        if (edits.Count == 0)
        {
            splicer.ReplaceLater(leaf, () => coat.Around(Edited()));
        }

        edits.Add((span, replacement));
    }

    private string Edited()
    {
        var builder = new StringBuilder(text.Length);
        var copied = 0;
        foreach (var (span, replacement) in edits.OrderBy(e => e.Span.Start))
        {
            if (span.Start >= copied)
            {
                builder.Append(text, copied, span.Start - copied).Append(replacement);
            }

            copied = Math.Max(copied, span.End);
        }

        return builder.Append(text, copied, text.Length - copied).ToString();
    }
}
