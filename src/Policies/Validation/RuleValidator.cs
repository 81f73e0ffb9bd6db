using EdgeFilter.Policies.Documents;
using FluentValidation;

namespace EdgeFilter.Policies.Validation;

/// <summary>Whether a rule can do what it says.</summary>
internal sealed class RuleValidator : AbstractValidator<RuleDocument>
{
    public RuleValidator(ValidationScope scope)
    {
        RuleFor(r => r.Find!).SetValidator(new FindValidator(scope)).When(r => r.Find is not null);
        RuleFor(r => r).Custom(KeysFitAction);
        RuleFor(r => r).Custom(CanMatch);
        RuleFor(r => r).Custom(PartCheck.Check);
        RuleFor(r => r).Custom(PlaceholderCheck.Check);
        RuleFor(r => r).Custom((rule, context) => FailureIsArguedFor(rule, scope, context));
        RuleForEach(r => r.Exceptions).Custom((exception, context) => HasNotExpired(exception.Expires, "this exception", scope, context));
        RuleForEach(r => r.Exceptions).Custom((exception, context) =>
        {
            if (exception.Values.FirstOrDefault(v => v.Value.Length > 0 && v.Value.Contains('*', StringComparison.Ordinal) && !v.Value.Any(char.IsLetterOrDigit)) is { } everything)
            {
                context.Report(MeaningProblems.NeverMatches, everything.At, "this exception covers every value, or nearly, so the rule would never act; name the values, or write a waiver with an owner.");
            }
        });
    }

    internal static void HasNotExpired<T>(Written<DateOnly>? expires, string what, ValidationScope scope, ValidationContext<T> context)
    {
        if (expires is not null && expires.Value <= scope.Today)
        {
            context.Report(MeaningProblems.Expired, expires.At, $"{what} expired on {expires.Value:yyyy-MM-dd} and no longer holds; remove it, or renew it after a review.");
        }
        else if (expires is not null && expires.Value > scope.Today.AddYears(2))
        {
            context.Report(MeaningProblems.FarAway, expires.At, $"{what} would hold until {expires.Value:yyyy-MM-dd}; write a day within two years, and look at it again then.");
        }
    }

    private static void KeysFitAction(RuleDocument rule, ValidationContext<RuleDocument> context)
    {
        if (rule.Then is not { } then)
        {
            return;
        }

        Fits(rule.ReplaceWith?.At, "replace-with", PolicyAction.Redact);
        Fits(rule.KeepLast?.At, "keep-last", PolicyAction.Mask);
        Fits(rule.RerouteTo.Count > 0 ? rule.RerouteTo[0].At : null, "reroute-to", PolicyAction.Reroute);
        Fits(rule.Say.Count > 0 ? rule.Say[0].Value.At : null, "say", PolicyAction.Block);
        if (then.Value == PolicyAction.Reroute && rule.RerouteTo.Count == 0)
        {
            context.Report(MeaningProblems.TargetMissing, then.At, "'then: reroute' needs 'reroute-to' with labels of clusters, as in reroute-to: [local].");
        }

        if (rule.Stream is { Value: not StreamMode.Immediate } stream && (then.Value <= PolicyAction.Log || rule.In.All(d => d.Value == Direction.Prompt)))
        {
            context.Report(MeaningProblems.UselessStream, stream.At, "'stream' has no use here: the rule " + (then.Value <= PolicyAction.Log ? "changes nothing." : "looks only at prompts, which arrive whole."));
        }

        void Fits(SourcePlace? at, string key, PolicyAction action)
        {
            if (at is { } place && then.Value != action)
            {
                context.Report(MeaningProblems.OnlyWithAction, place, $"'{key}' belongs to 'then: {Words.Of(action)}'; this rule says '{Words.Of(then.Value)}'.");
            }
        }
    }

    private static void CanMatch(RuleDocument rule, ValidationContext<RuleDocument> context)
    {
        var onlyOutput = rule.In.Count > 0 && rule.In.All(d => d.Value == Direction.Output);
        var roles = rule.From.SelectMany(f => Speakers.RolesOf(f.Value)).ToHashSet();
        if (onlyOutput && roles.Count > 0 && roles.All(r => r is SegmentRole.System or SegmentRole.Developer or SegmentRole.User or SegmentRole.ToolDefinition))
        {
            context.Report(MeaningProblems.NeverMatches, rule.From[0].At, "outputs never come from " + string.Join(" or ", rule.From.Select(f => Words.Of(f.Value))) + "; write from: [assistant], or look in prompts.");
        }

        if (onlyOutput && rule.Then is { Value: PolicyAction.Reroute } then)
        {
            context.Report(MeaningProblems.NeverMatches, then.At, "a cluster is chosen before the request is sent; 'reroute' can't act on outputs. Write in: [prompt].");
        }

        foreach (var find in rule.Find?.Flatten() ?? [])
        {
            if (find.PromptLeak is { } leak && rule.In.FirstOrDefault(d => d.Value == Direction.Prompt) is { } prompt)
            {
                context.Report(MeaningProblems.NeverMatches, leak.At, $"'prompt-leak' compares outputs with the system prompt, but the rule looks in prompts (line {prompt.At.Line}); write in: [output].");
            }

            if (find.Tools.Count > 0 && roles.Count > 0 && !roles.Any(r => r is SegmentRole.ToolArguments or SegmentRole.ToolResult or SegmentRole.ToolDefinition))
            {
                context.Report(MeaningProblems.NeverMatches, find.Tools[0].At, "'tools' matches only text of tools, and 'from' leaves it out; add tool-arguments, tool-result or tool-definition.");
            }
        }
    }

    private static void FailureIsArguedFor(RuleDocument rule, ValidationScope scope, ValidationContext<RuleDocument> context)
    {
        if (rule.OnFailure is not { Then: { } then } failure)
        {
            return;
        }

        if (then.Value == FailureWord.Allow)
        {
            if (failure.Reason is null || failure.Expires is null)
            {
                context.Report(MeaningProblems.FailOpen, then.At, "failing open lets uninspected text pass; write { then: allow, reason: ..., expires: 2026-12-31 }.");
            }

            HasNotExpired(failure.Expires, "failing open", scope, context);
        }
        else if ((failure.Reason?.At ?? failure.Expires?.At) is { } at)
        {
            context.Report(MeaningProblems.IdleFailure, at, "'reason' and 'expires' belong to 'then: allow'; blocking needs neither.");
        }
    }
}
