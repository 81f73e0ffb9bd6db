using EdgeFilter.Policies.Documents;
using FluentValidation;

namespace EdgeFilter.Policies.Validation;

/// <summary>Whether some address can satisfy a condition on addresses.</summary>
internal static class UrlCheck
{
    public static void Check(FindDocument find, ValidationContext<FindDocument> context)
    {
        if (find.Urls is not { Domains.Count: > 0, ExceptDomains.Count: > 0 } urls)
        {
            return;
        }

        if (urls.Domains.All(d => urls.ExceptDomains.Any(e => IsWithin(d.Value, e.Value))))
        {
            context.Report(MeaningProblems.NeverMatches, urls.ExceptDomains[0].At, "'except-domains' takes away every one of 'domains', so no address is left.");
        }
    }

    private static bool IsWithin(string domain, string parent) =>
        domain.Equals(parent, StringComparison.OrdinalIgnoreCase) || domain.EndsWith("." + parent, StringComparison.OrdinalIgnoreCase);
}
