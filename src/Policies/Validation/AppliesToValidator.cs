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
        RuleForEach(a => a.Protocols).Custom((protocol, context) =>
        {
            // Every id but MCP's has a family and a part of it: a policy that says less would never apply, and nobody would notice.
            if (protocol.Value != "mcp" && !protocol.Value.Contains('.', StringComparison.Ordinal) && !protocol.Value.Contains('*', StringComparison.Ordinal))
            {
                context.Report(MeaningProblems.NeverApplies, protocol.At, $"no protocol is called '{protocol.Value}'; they have two parts, as in openai.chat. Write {protocol.Value}.* for all of a family.");
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
