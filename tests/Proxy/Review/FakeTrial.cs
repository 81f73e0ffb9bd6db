using EdgeFilter.Policies;
using EdgeFilter.Proxy.Review;

namespace EdgeFilter.Proxy.Tests.Review;

/// <summary>Blocks every text and finds one thing in it.</summary>
internal sealed class FakeTrial : ITryPolicy
{
    public TryRequest? Last { get; private set; }

    public ValueTask<TryResult> TryAsync(TryRequest request, CancellationToken cancellationToken)
    {
        Last = request;
        if (request.Candidate is not null)
        {
            return ValueTask.FromResult(new TryResult { Action = PolicyAction.Allow, Problems = [new TryProblem(2, 3, "POL103", "entity 'CREDITCARD' does not exist.")] });
        }

        return ValueTask.FromResult(new TryResult
        {
            Action = PolicyAction.Block,
            Rules = ["rule-1"],
            Message = "No.",
            Findings = [new TryFinding("es-nif", "ES_NIF", 0, 2, 0.9f, "rule-1")],
        });
    }
}
