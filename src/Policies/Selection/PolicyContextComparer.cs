using EdgeFilter.Policies.Compilation;

namespace EdgeFilter.Policies.Selection;

/// <summary>Compares contexts by what they say; groups in the same order.</summary>
internal sealed class PolicyContextComparer : IEqualityComparer<PolicyContext>
{
    public static PolicyContextComparer Instance { get; } = new();

    public bool Equals(PolicyContext? x, PolicyContext? y) =>
        ReferenceEquals(x, y)
        || (x is not null && y is not null
            && x.Region == y.Region && x.Tenant == y.Tenant && x.Route == y.Route && x.Model == y.Model && x.Protocol == y.Protocol
            && x.Groups.AsSpan().SequenceEqual(y.Groups.AsSpan()));

    public int GetHashCode(PolicyContext context)
    {
        var hash = default(HashCode);
        hash.Add(context.Region);
        hash.Add(context.Tenant);
        hash.Add(context.Route);
        hash.Add(context.Model);
        hash.Add(context.Protocol);
        foreach (var group in context.Groups)
        {
            hash.Add(group);
        }

        return hash.ToHashCode();
    }
}
