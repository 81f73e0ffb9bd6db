using System.Text.RegularExpressions;
using EdgeFilter.Policies.Documents;
using FluentValidation;

namespace EdgeFilter.Policies.Validation;

/// <summary>Words in braces where authors of other products expect a value to be filled in: the text would show them as they stand.</summary>
internal static partial class PlaceholderCheck
{
    public static void Check(RuleDocument rule, ValidationContext<RuleDocument> context)
    {
        if (rule.ReplaceWith is { } replacement && Placeholders(replacement.Value).FirstOrDefault(p => p != "{entity}") is { } other)
        {
            context.Report(MeaningProblems.NoEffect, replacement.At, $"nothing is filled in for '{other}', which will stand there as it is; only {{entity}} is, by the entity's name.");
        }

        foreach (var say in rule.Say)
        {
            if (Placeholders(say.Value.Value).FirstOrDefault() is { } placeholder)
            {
                context.Report(MeaningProblems.NoEffect, say.Value.At, $"nothing is filled in for '{placeholder}': the user is told the sentence as it stands, and never what was found.");
            }
        }

        foreach (var token in rule.Find?.Flatten().SelectMany(f => f.CanaryTokens) ?? [])
        {
            if (Placeholders(token.Value).FirstOrDefault() is { } placeholder)
            {
                context.Report(MeaningProblems.NoEffect, token.At, $"nothing is filled in for '{placeholder}': this very text is looked for. Write the token itself, or have the file written by whoever knows it.");
            }
        }
    }

    private static IEnumerable<string> Placeholders(string text) => Placeholder().Matches(text).Select(match => match.Value);

    [GeneratedRegex(@"[$%]\{[A-Za-z_][A-Za-z0-9_.-]{0,40}\}|\{\{[^{}]{1,60}\}\}|\{[A-Za-z_][A-Za-z0-9_.-]{0,40}\}|\$[0-9]\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}
