using System.Buffers;
using System.Text;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// Filters the whole arguments of a tool call: a JSON document string by string, so that it stays one, anything else as plain
/// text. The names of its members are judged too, and never edited: the tool would not know them.
/// </summary>
internal static class ArgumentsFilter
{
    /// <param name="edited">What to write instead; null when the arguments pass as they are.</param>
    /// <returns>False when a rule blocks.</returns>
    public static bool TryFilter(ITextChannelFactory factory, StreamChannel what, string arguments, out string? edited)
    {
        edited = null;
        using var body = JsonBody.Rent();
        var bytes = Encoding.UTF8.GetBytes(arguments);
        if (body.Read(bytes) is not null)
        {
            return WholeText.TryFilter(factory, what, arguments, out edited);
        }

        var splicer = new JsonSplicer(body);
        for (var i = 0; i < body.LeafCount; i++)
        {
            if (!TryFilterLeaf(factory, what, body, i, splicer))
            {
                return false;
            }
        }

        if (splicer.HasEdits)
        {
            edited = Encoding.UTF8.GetString(splicer.ToArray());
        }

        return true;
    }

    private static bool TryFilterLeaf(ITextChannelFactory factory, StreamChannel what, JsonBody body, int index, JsonSplicer splicer)
    {
        var leaf = body.Leaves[index];
        if (leaf.Length == 0 || leaf.Kind is JsonKind.True or JsonKind.False or JsonKind.Null)
        {
            return true;
        }

        var rented = ArrayPool<char>.Shared.Rent(leaf.Length);
        try
        {
            var text = rented.AsSpan(0, body.Decode(index, rented));
            var isName = leaf.Kind == JsonKind.Name;
            if (!WholeText.TryFilter(factory, what with { IsEditable = !isName }, text, out var edited))
            {
                return false;
            }

            if (edited is not null && !isName)
            {
                splicer.ReplaceAll(index, edited);
            }

            return true;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(rented, clearArray: true);
        }
    }
}
