using EdgeFilter.Detection.Patterns;
using EdgeFilter.Policies.Documents;
using FluentValidation;

namespace EdgeFilter.Policies.Validation;

/// <summary>Whether an author's regular expression runs in linear time and matches something.</summary>
internal static class PatternCheck
{
    // Letters, a figure and a sign: what takes each of them for a match takes everything.
    private static readonly string[] Anything = ["x", "Q", "7", "#", "é", "漢"];

    public static void Check(PatternDocument pattern, ValidationContext<PolicyDocument> context)
    {
        if (pattern.Pattern is not { } written)
        {
            return;
        }

        try
        {
            var parsed = LinearPattern.Parse(written.Value, pattern.IgnoreCase?.Value ?? false);
            if (MatchesAnything(parsed))
            {
                context.Report(MeaningProblems.PatternMatchesAll, written.At, "this expression matches any text; say what is special about what you look for, as in 'AC-[0-9]{8}'.");
            }
            else if (written.Value.Length > 2 && written.Value[0] == '/' && written.Value.TrimEnd("gimsuxy".ToCharArray())[^1] == '/' && written.Value.LastIndexOf('/') > 1)
            {
                context.Report(MeaningProblems.BadPattern, written.At, "the slashes around the expression are taken for characters of the text; leave them out, and write ignore-case: true or (?i) instead of a flag.");
            }

            if (parsed.MinLength == 0)
            {
                context.Report(MeaningProblems.PatternMatchesNothing, written.At, "this expression matches the empty text, so it would match everywhere; make a part of it obligatory.");
            }
        }
        catch (PatternException e)
        {
            context.Report(MeaningProblems.BadPattern, written.At, $"character {e.Position + 1} of the expression: {e.Message}");
        }
    }

    private static bool MatchesAnything(LinearPattern pattern) =>
        Anything.All(text => pattern.Match(text, 0, out var length, out _) && length == 1);
}
