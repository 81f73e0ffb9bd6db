namespace EdgeFilter.Detection;

/// <summary>
/// What remains when findings overlap. A finding is dropped only when another one that covers its whole span is at least as
/// certain; so a dropped place is always covered, and the fate of a finding depends on nothing but what covers it.
/// </summary>
/// <remarks>
/// Of the same span, a mere possibility gives way to what is surer, and anything to a more specific detector that is at least as sure.
/// Different entities are all kept otherwise: eleven digits may be the tax number of two countries, and the policy's region chooses.
/// Findings that overlap in part are both kept. No rule here looks at chains of overlaps: that would make a finding's fate
/// depend on text arbitrarily far away, and a stream could never release it.
/// The address that carries a key covers it and says nothing of it: both are kept.
/// Whoever acts on findings has the last word on entities that differ, by <see cref="IOverlapPreference"/>: what one rule asks for
/// must not vanish because another rule asks for something else.
/// </remarks>
internal static class Overlaps
{
    private static readonly Comparison<Finding> ByPlace = static (a, b) =>
    {
        var order = a.Span.Start.CompareTo(b.Span.Start);
        if (order != 0)
        {
            return order;
        }

        order = b.Span.Length.CompareTo(a.Span.Length);
        if (order != 0)
        {
            return order;
        }

        order = b.Confidence.CompareTo(a.Confidence);
        if (order != 0)
        {
            return order;
        }

        order = b.Detector.Specificity.CompareTo(a.Detector.Specificity);
        order = order != 0 ? order : string.CompareOrdinal(a.Detector.Id, b.Detector.Id);
        return order != 0 ? order : a.View.CompareTo(b.View);
    };

    /// <summary>Orders the findings by place and drops those that another one makes superfluous.</summary>
    public static void Resolve(FindingCollector findings, IOverlapPreference? preference = null)
    {
        var list = findings.List;
        if (list.Count < 2)
        {
            return;
        }

        if (!IsSorted(findings.Findings))
        {
            list.Sort(ByPlace);
        }

        // Sorted by start, then longest first: whatever covers a finding stands before it, and has not ended where the finding
        // begins. What was dropped was itself covered by something kept that is at least as certain, so looking at the kept
        // ones that are still open is enough.
        var open = findings.OpenSpans;
        open.Clear();
        var kept = 0;
        for (var i = 0; i < list.Count; i++)
        {
            var finding = list[i];
            if (IsCovered(list, open, finding, preference))
            {
                continue;
            }

            open.Add(kept);
            list[kept++] = finding;
        }

        list.RemoveRange(kept, list.Count - kept);
    }

    /// <summary>Whether the findings stand in order already, as those of one recogniser mostly do: sorting many costs more than finding them.</summary>
    private static bool IsSorted(ReadOnlySpan<Finding> findings)
    {
        for (var i = 1; i < findings.Length; i++)
        {
            ref readonly var before = ref findings[i - 1];
            ref readonly var finding = ref findings[i];
            if (before.Span.Start >= finding.Span.Start && (before.Span.Start > finding.Span.Start || ByPlace(before, finding) > 0))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsCovered(List<Finding> kept, List<int> open, in Finding finding, IOverlapPreference? preference)
    {
        var still = 0;
        var covered = false;
        for (var i = 0; i < open.Count; i++)
        {
            var other = kept[open[i]];
            if (other.Span.End <= finding.Span.Start)
            {
                continue;
            }

            open[still++] = open[i];
            covered = covered || Beats(other, finding, preference);
        }

        open.RemoveRange(still, open.Count - still);
        return covered;
    }

    /// <summary>True when <paramref name="other"/> makes <paramref name="finding"/> superfluous.</summary>
    public static bool Beats(in Finding other, in Finding finding, IOverlapPreference? preference)
    {
        if (!other.Span.Contains(finding.Span) || other.Level < finding.Level)
        {
            return false;
        }

        // The same thing seen twice, through two views or by two detectors of one entity:
        if (ReferenceEquals(other.Detector, finding.Detector)
            || (preference is null && string.Equals(other.Entity, finding.Entity, StringComparison.Ordinal)))
        {
            return true;
        }

        if (preference?.MayReplace(other, finding) == false)
        {
            return false;
        }

        // An address says nothing of the key that it carries.
        var isMoreThan = other.Span.Length > finding.Span.Length && !(other.Detector.IsAddress && finding.Detector.IsSecret);
        return isMoreThan
            || string.Equals(other.Entity, finding.Entity, StringComparison.Ordinal)
            || (other.Level > finding.Level && finding.Level == ConfidenceLevel.Possible)
            || (other.Confidence >= finding.Confidence && other.Detector.Specificity > finding.Detector.Specificity);
    }
}
