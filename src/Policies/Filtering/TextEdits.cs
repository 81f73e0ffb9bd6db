using System.Text;

namespace EdgeFilter.Policies.Filtering;

/// <summary>Edits of a text, made in a copy of it.</summary>
public static class TextEdits
{
    /// <summary>The text with its edits made.</summary>
    /// <param name="text">What the edits were found in.</param>
    /// <param name="edits">In order of place, none over another.</param>
    public static string Make(string text, IReadOnlyList<TextEdit> edits)
    {
        if (edits.Count == 0)
        {
            return text;
        }

        var edited = new StringBuilder(text.Length);
        var at = 0;
        foreach (var edit in edits)
        {
            edited.Append(text, at, edit.Span.Start - at).Append(edit.Replacement);
            at = edit.Span.End;
        }

        return edited.Append(text, at, text.Length - at).ToString();
    }
}
