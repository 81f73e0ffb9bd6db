using System.Reflection;
using System.Text;

namespace EdgeFilter.Policies.Validation;

/// <summary>Every kind of mistake there is, by code, and the documentation page made from it.</summary>
public static class ProblemCatalog
{
    /// <summary>In the order of the codes.</summary>
    public static IReadOnlyList<ProblemKind> All { get; } =
    [
        .. new[] { typeof(ProblemKinds), typeof(MeaningProblems), typeof(SetProblems) }
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(f => (ProblemKind)f.GetValue(null)!)
            .OrderBy(k => k.Code, StringComparer.Ordinal),
    ];

    /// <summary>The page <c>docs/policy-errors.md</c>.</summary>
    public static string ToMarkdown()
    {
        var page = new StringBuilder("""
            # Policy errors

            Every message of `policy validate` and of the log has the form `file:line:column: code: what is wrong and what would be
            right`. Codes are stable and never used again for something else. This page is generated from the catalogue in the code.


            """.ReplaceLineEndings("\n"));
        foreach (var kind in All)
        {
            page.Append("## ").Append(kind.Code).Append(": ").Append(kind.Title).Append('\n').Append('\n');
            page.Append(kind.Explanation).Append(kind.IsWarning ? " (A warning: the policy loads.)" : "").Append('\n').Append('\n');
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }
}
