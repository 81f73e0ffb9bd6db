using EdgeFilter.Policies.Documents;
using EdgeFilter.Policies.Selection;
using FluentValidation;

namespace EdgeFilter.Policies.Validation;

/// <summary>Whether somebody can be meant.</summary>
internal sealed class AppliesToValidator : AbstractValidator<AppliesToDocument>
{
    public AppliesToValidator()
    {
        RuleForEach(a => a.Regions).Custom((region, context) =>
        {
            if (!Regions.IsKnown(region.Value))
            {
                context.Report(MeaningProblems.UnknownRegion, region.At, $"'{region.Value}' is not a region; write an ISO 3166 country such as DE, a part such as US-CA, EU, EEA, or a label of your own that begins with x-.{Regions.Hint(region.Value)}");
            }
        });
        RuleForEach(a => a.Times).Custom((times, context) =>
        {
            if (times is { From: { } from, To: { } to } && from.Value == to.Value)
            {
                context.Report(MeaningProblems.NeverApplies, to.At, "'from' and 'to' are the same minute, so no time is meant; leave both out for the whole day.");
            }
        });
    }
}
