using EdgeFilter.Detection;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>
/// What of each segment is already edited. The same match is seen again where parts of a message are judged joined; each place is
/// edited once.
/// </summary>
internal sealed class SegmentEdits
{
    private readonly Dictionary<int, List<TextSpan>> edited = [];

    /// <summary>The parts of a span that no edit covers yet; they count as edited from now on.</summary>
    public IEnumerable<TextSpan> Claim(int segment, TextSpan span)
    {
        if (!edited.TryGetValue(segment, out var spans))
        {
            edited.Add(segment, [span]);
            return [span];
        }

        if (spans[^1].End <= span.Start)
        {
            // Edits of one text come in order of place.
            spans.Add(span);
            return [span];
        }

        var free = new List<TextSpan> { span };
        foreach (var other in spans)
        {
            for (var i = free.Count - 1; i >= 0; i--)
            {
                var part = free[i];
                if (!part.Overlaps(other))
                {
                    continue;
                }

                free.RemoveAt(i);
                if (part.Start < other.Start)
                {
                    free.Add(TextSpan.FromBounds(part.Start, other.Start));
                }

                if (part.End > other.End)
                {
                    free.Add(TextSpan.FromBounds(other.End, part.End));
                }
            }
        }

        spans.AddRange(free);
        return free;
    }
}
