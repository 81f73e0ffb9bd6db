using EdgeFilter.Detection.Patterns;
using EdgeFilter.Policies.Documents;
using FluentValidation;

namespace EdgeFilter.Policies.Validation;

/// <summary>Whether an author's regular expression runs in linear time and matches something.</summary>
internal static class PatternCheck
{
    public static void Check(PatternDocument pattern, ValidationContext<PolicyDocument> context)
    {
        if (pattern.Pattern is not { } written)
        {
            return;
        }

        try
        {
            if (LinearPattern.Parse(written.Value, pattern.IgnoreCase?.Value ?? false).MinLength == 0)
            {
                context.Report(MeaningProblems.PatternMatchesNothing, written.At, "this expression matches the empty text, so it would match everywhere; make a part of it obligatory.");
            }
        }
        catch (PatternException e)
        {
            context.Report(MeaningProblems.BadPattern, written.At, $"character {e.Position + 1} of the expression: {e.Message}");
        }
    }
}
