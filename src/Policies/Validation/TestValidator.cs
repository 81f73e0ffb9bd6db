using EdgeFilter.Policies.Documents;
using FluentValidation;

namespace EdgeFilter.Policies.Validation;

/// <summary>Whether a test can be run and can fail.</summary>
internal sealed class TestValidator : AbstractValidator<TestDocument>
{
    public TestValidator()
    {
        RuleFor(t => t).Custom(HasOneText);
        RuleFor(t => t).Custom(ExpectsSomething);
    }

    private static void HasOneText(TestDocument test, ValidationContext<TestDocument> context)
    {
        if (test.Part is { } part)
        {
            if ((test.Prompt ?? test.Output ?? test.Tool)?.At is { } beside)
            {
                context.Report(MeaningProblems.TestText, beside, $"a test has a text or a part (line {part.At.Line}), not both.");
            }

            if ((test.Expect?.Text ?? (test.Expect is { NotText: [var hidden, ..] } ? hidden : null))?.At is { } text)
            {
                context.Report(MeaningProblems.TestContradicts, text, "a part that can't be read has no text; expect an action or a rule.");
            }
        }
        else if (test.Prompt is not null && test.Output is not null)
        {
            context.Report(MeaningProblems.TestText, test.Output.At, "a test has one text; write two tests for a prompt and an output.");
        }
        else if (test.Prompt is null && test.Output is null && !test.IsPartial)
        {
            context.Report(MeaningProblems.TestText, test.At, "a test needs a text: write 'prompt' or 'output', or 'part' for what has none.");
        }
        else if (test is { Output: not null, Role: { Value: SegmentRole.User or SegmentRole.System or SegmentRole.Developer or SegmentRole.ToolDefinition } role })
        {
            context.Report(MeaningProblems.TestContradicts, role.At, $"outputs never come from '{Words.Of(role.Value)}'.");
        }
    }

    private static void ExpectsSomething(TestDocument test, ValidationContext<TestDocument> context)
    {
        if (test.Expect is not { } expect)
        {
            return;
        }

        if (expect is { Action: null, Rule: null, Text: null, Say: null, NotText.Count: 0 })
        {
            context.Report(MeaningProblems.TestExpectsNothing, expect.At, "this test can't fail; write the action, rule or text that is expected.");
        }

        if (expect is { Action: { Value: PolicyAction.Allow } action, Rule: not null })
        {
            context.Report(MeaningProblems.TestContradicts, action.At, "'action: allow' says that no rule matches, and 'rule' that one does; leave one out.");
        }

        if (expect.Rule is { } rule && !context.Visible().Rules.Contains(rule.Value))
        {
            context.Report(MeaningProblems.UnknownRule, rule.At, $"there is no rule '{rule.Value}' in this policy or one that it extends.{NearestName.Hint(rule.Value, context.Visible().Rules)}");
        }
    }
}

internal static class TestNames
{
    public static void AreUnique<T>(IReadOnlyList<TestDocument> tests, ValidationContext<T> context)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in tests.Select(t => t.Name).Where(n => n is not null && !seen.Add(n.Value)))
        {
            context.Report(MeaningProblems.DuplicateTest, name!.At, $"another test is called '{name.Value}'; choose another name.");
        }
    }
}
