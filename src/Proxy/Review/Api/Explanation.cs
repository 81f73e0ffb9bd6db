using System.Globalization;
using EdgeFilter.Policies;
using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Review;

/// <summary>Law 5 in sentences: what was decided, by which words of which policy, from which evidence.</summary>
internal static class Explanation
{
    public static IReadOnlyList<string> Of(BlockRecord record)
    {
        var sentences = new List<string> { Decision(record) };
        if (record.Reason.Length > 0)
        {
            sentences.Add($"The policy's reason: {record.Reason}");
        }

        sentences.AddRange(record.Findings.Take(20).Select(Evidence));
        if (record.Findings.Count > 20)
        {
            sentences.Add(FormattableString.Invariant($"{record.Findings.Count - 20} more findings are in the raw record."));
        }

        if (record.Coverage.Count > 0)
        {
            sentences.Add($"Not read as text, and so not judged: {string.Join(", ", record.Coverage)}.");
        }

        if (record.Waivers.Count > 0)
        {
            sentences.Add($"Relaxed by waiver: {string.Join(", ", record.Waivers)}.");
        }

        sentences.AddRange(record.Shadow.Select(shadow =>
            $"In shadow, rule {shadow.Rule} of {shadow.Policy} would have decided {RecordTerms.NameOf(shadow.Action)}."));
        sentences.Add(Time(record.Timings));
        return sentences;
    }

    private static string Decision(BlockRecord record)
    {
        var verb = record.Action switch
        {
            PolicyAction.Allow => "let through",
            PolicyAction.Log => "let through and logged",
            PolicyAction.Mask => "masked in",
            PolicyAction.Redact => "redacted in",
            PolicyAction.Hash => "hashed in",
            PolicyAction.Pseudonymise => "pseudonymised in",
            PolicyAction.Reroute => "sent to another cluster",
            PolicyAction.Block => "blocked",
            _ => throw new ArgumentOutOfRangeException(nameof(record)),
        };
        var what = record.Direction == Direction.Prompt ? "the prompt" : "the output";
        var subject = verb.EndsWith(" in", StringComparison.Ordinal) ? $"Text was {verb} {what}" : $"{char.ToUpperInvariant(what[0])}{what[1..]} was {verb}";
        var rules = record.Rules.Count switch
        {
            0 => "no rule",
            1 => $"rule {record.Rules[0]}",
            _ => $"rule {record.Rules[0]} (also matched: {string.Join(", ", record.Rules.Skip(1))})",
        };
        var digest = record.Policy.Digest.Length > 12 ? record.Policy.Digest[..12] : record.Policy.Digest;
        return $"{subject} by {rules} of policy {record.Policy.Name} {record.Policy.Version} (digest {digest}).";
    }

    private static string Evidence(RecordedFinding finding) => string.Create(CultureInfo.InvariantCulture,
        $"{finding.Detector} found {finding.Entity} at {finding.Start}, {finding.Length} long, in {Where(finding)} with confidence {finding.Confidence:0.00}.");

    private static string Where(RecordedFinding finding) =>
        $"{(finding.Path.Length > 0 ? finding.Path : "the text")} ({RecordTerms.NameOf(finding.Role)})";

    private static string Time(RecordTimings timings)
    {
        var filter = string.Create(CultureInfo.InvariantCulture, $"The filter took {timings.FilterMicroseconds / 1000.0:0.00} ms");
        var hold = timings.HoldBackMicroseconds > 0
            ? string.Create(CultureInfo.InvariantCulture, $", the stream waited {timings.HoldBackMicroseconds / 1000.0:0.00} ms")
            : "";
        var upstream = timings.UpstreamMilliseconds > 0
            ? string.Create(CultureInfo.InvariantCulture, $", the model {timings.UpstreamMilliseconds} ms")
            : "; the model was not asked";
        return $"{filter}{hold}{upstream}.";
    }
}
