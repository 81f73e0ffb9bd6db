using EdgeFilter.Policies.Documents;
using FluentValidation;
using FluentValidation.Results;

namespace EdgeFilter.Policies.Validation;

/// <summary>Carries our problems, with their places, through FluentValidation's failures.</summary>
internal static class Reporting
{
    private const string VisibleKey = "visible";

    public static void Report<T>(this ValidationContext<T> context, ProblemKind kind, SourcePlace at, string message) =>
        context.AddFailure(new ValidationFailure(kind.Code, message) { CustomState = new PolicyProblem(kind, at, message) });

    public static VisibleNames Visible<T>(this ValidationContext<T> context) => (VisibleNames)context.RootContextData[VisibleKey];

    public static IEnumerable<PolicyProblem> ProblemsOf<T>(this IValidator<T> validator, T document, VisibleNames visible)
    {
        var context = new ValidationContext<T>(document);
        context.RootContextData[VisibleKey] = visible;
        return validator.Validate(context).Errors.Select(e => (PolicyProblem)e.CustomState);
    }
}
