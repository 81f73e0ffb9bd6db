using EdgeFilter.Policies.Documents;
using FluentValidation;

namespace EdgeFilter.Policies.Validation;

/// <summary>Whether conditions that must all hold can hold together.</summary>
internal static class ContradictionCheck
{
    public static void Check(FindDocument find, ValidationContext<FindDocument> context)
    {
        if (find.All.Count + find.None.Count + find.LanguagesExcept.Count == 0)
        {
            return;
        }

        var together = find.All.Prepend(find).ToArray();
        CheckLanguages(together, context);
        CheckModels(together, context);
        CheckNone(find, context);
    }

    /// <summary>True when no name can match a pattern of each list; <c>*</c> stands for any characters.</summary>
    public static bool AreDisjoint(IReadOnlyList<Written<string>> one, IReadOnlyList<Written<string>> other) =>
        one.Count > 0 && other.Count > 0 && one.All(a => other.All(b => AreDisjoint(a.Value, b.Value)));

    private static void CheckLanguages(FindDocument[] together, ValidationContext<FindDocument> context)
    {
        var wanted = together.Where(f => f.Languages.Count > 0).Select(f => f.Languages).ToArray();
        var left = wanted.Select(l => l.Select(w => w.Value)).Aggregate((IEnumerable<string>?)null, (all, next) => all?.Intersect(next) ?? next)?.ToArray();
        if (left is { Length: 0 })
        {
            context.Report(MeaningProblems.NeverMatches, wanted[^1][0].At, "a text is in one language, and these conditions together leave none; write the languages in one list, or the conditions under 'any'.");
        }
        else if (left is not null && together.SelectMany(f => f.LanguagesExcept).ToArray() is { Length: > 0 } except && left.All(l => except.Any(e => e.Value == l)))
        {
            context.Report(MeaningProblems.NeverMatches, except[0].At, "'language-except' takes away every one of 'language', so no text is left.");
        }
    }

    private static void CheckModels(FindDocument[] together, ValidationContext<FindDocument> context)
    {
        var lists = together.Where(f => f.Models.Count > 0).Select(f => f.Models).ToArray();
        for (var i = 1; i < lists.Length; i++)
        {
            if (AreDisjoint(lists[0], lists[i]))
            {
                context.Report(MeaningProblems.NeverMatches, lists[i][0].At, "no model has a name of both lists; write them in one list, or the conditions under 'any'.");
            }
        }
    }

    // Only what is plainly the same: a condition that differs in how sure or how many it asks for may well hold.
    private static void CheckNone(FindDocument find, ValidationContext<FindDocument> context)
    {
        if (find.AtLeast is not null || find.Count is not null || find.Entities.Count == 0
            || find.Classes.Count + find.Detectors.Count + find.Secrets.Count + find.Dictionaries.Count + find.Patterns.Count + find.CanaryTokens.Count > 0)
        {
            return;
        }

        var names = find.Entities.Select(e => e.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var part in find.None.Where(n => n is { AtLeast: null, Count: null, Classifier: null, LongerThan: null, Urls: null }
            && n.Countries.Count + n.Languages.Count + n.LanguagesExcept.Count + n.Tools.Count + n.Models.Count + n.All.Count + n.Any.Count + n.None.Count == 0))
        {
            if (part.Entities.Count > 0 && names.IsSubsetOf(part.Entities.Select(e => e.Value)))
            {
                context.Report(MeaningProblems.NeverMatches, part.Entities[0].At, "'none' takes away exactly what the rule looks for; to leave values alone use 'except', to relax it for somebody a waiver.");
            }
        }
    }

    private static bool AreDisjoint(string a, string b)
    {
        var (headA, tailA, openA) = Split(a);
        var (headB, tailB, openB) = Split(b);
        if (!openA && !openB)
        {
            return !string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
        }

        return !(headA.StartsWith(headB, StringComparison.OrdinalIgnoreCase) || headB.StartsWith(headA, StringComparison.OrdinalIgnoreCase))
            || !(tailA.EndsWith(tailB, StringComparison.OrdinalIgnoreCase) || tailB.EndsWith(tailA, StringComparison.OrdinalIgnoreCase));
    }

    private static (string Head, string Tail, bool IsOpen) Split(string pattern)
    {
        var first = pattern.IndexOf('*', StringComparison.Ordinal);
        return first < 0 ? (pattern, pattern, false) : (pattern[..first], pattern[(pattern.LastIndexOf('*') + 1)..], true);
    }
}
