using System.Text;
using EdgeFilter.Policies.Filtering;

namespace EdgeFilter.Proxy.Hosting;

/// <summary>What a reader sees of a filtered text, for those who have the text at hand.</summary>
internal static class FilteredStream
{
    /// <summary>The filtered text; empty when it is blocked.</summary>
    public static string ReadWhole(TextFilter filter, string text)
    {
        var edits = filter.FilterWhole(text);
        if (filter.BlockedBy is not null)
        {
            return "";
        }

        return TextEdits.Make(text, edits);
    }

    /// <summary>What is shown of the text as it streams: a prefix when it is blocked.</summary>
    /// <param name="piece">UTF-16 code units in each piece.</param>
    public static string Read(TextFilter filter, string text, int piece)
    {
        var shown = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length && filter.BlockedBy is null; at += piece)
        {
            shown.Append(filter.Push(text.AsSpan(at, Math.Min(piece, text.Length - at))).Released);
        }

        if (filter.BlockedBy is null)
        {
            shown.Append(filter.Complete().Released);
        }

        return shown.ToString();
    }
}
