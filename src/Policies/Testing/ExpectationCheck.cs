using EdgeFilter.Policies.Documents;
using EdgeFilter.Policies.Decisions;

namespace EdgeFilter.Policies.Testing;

/// <summary>Holds what became of a test's text against what its author expects.</summary>
internal sealed class ExpectationCheck(TestDocument test)
{
    private readonly List<string> failures = [];

    public IReadOnlyList<string> Failures => failures;

    /// <param name="outcome">What became of the text.</param>
    /// <param name="how">How it arrived, for the message; empty when it came at once.</param>
    public void Check(FilterOutcome outcome, string how)
    {
        var expect = test.Expect!;
        if (expect.Action is { } action && action.Value != outcome.Action)
        {
            failures.Add($"{how}expected {Words.Of(action.Value)}, got {Words.Of(outcome.Action)}{By(outcome)}");
        }

        if (expect.Rule is { } rule && !outcome.Hits.Any(h => IsMeant(h, rule.Value, expect.Action?.Value)))
        {
            failures.Add($"{how}expected rule {rule.Value}{(expect.Action is null ? "" : $" with {Words.Of(expect.Action.Value)}")}, got {(outcome.Hits.Count == 0 ? "none" : Rules(outcome))}");
        }

        if (expect.Text is { } text && text.Value != outcome.Text)
        {
            failures.Add($"{how}expected the text '{text.Value}', got '{outcome.Text}'");
        }

        foreach (var hidden in expect.NotText.Where(t => outcome.Text.Contains(t.Value, StringComparison.Ordinal)))
        {
            failures.Add($"{how}'{hidden.Value}' can still be read");
        }

        if (expect.Say is { } say && !SaidTo(outcome).Contains(say.Value, StringComparison.Ordinal))
        {
            failures.Add($"{how}expected the user to be told '{say.Value}', got '{SaidTo(outcome)}'");
        }
    }

    /// <summary>A stream must come to the same as the whole; of a blocked one less may be seen, never something else.</summary>
    public void CheckSame(FilterOutcome whole, FilterOutcome stream, string how)
    {
        if ((whole.BlockedBy is null) != (stream.BlockedBy is null))
        {
            failures.Add($"{how}{Words.Of(stream.Action)}, but {Words.Of(whole.Action)} at once");
        }
        else if (whole.BlockedBy is null && whole.Text != stream.Text)
        {
            failures.Add($"{how}'{stream.Text}', but '{whole.Text}' at once");
        }
    }

    private static bool IsMeant(RuleHit hit, string rule, PolicyAction? action) =>
        (hit.Rule.Id == rule || hit.Rule.ToString() == rule) && (action is null || hit.Action == action);

    private string SaidTo(FilterOutcome outcome)
    {
        if (outcome.BlockedBy is not { } rule)
        {
            return "";
        }

        return rule.Say.GetValueOrDefault(test.Language?.Value ?? "") ?? rule.Say.GetValueOrDefault("") ?? rule.Say.GetValueOrDefault("en") ?? "";
    }

    private static string By(FilterOutcome outcome) => outcome.Hits.Count == 0 ? "" : $" by {Rules(outcome)}";

    private static string Rules(FilterOutcome outcome) =>
        string.Join(", ", outcome.Hits.Select(h => $"{h.Rule} ({Words.Of(h.Action)})"));
}
