using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Lifecycle;
using EdgeFilter.Proxy.Inspection;

namespace EdgeFilter.Proxy.Hosting;

/// <summary>The policies that the store has in force.</summary>
internal sealed class StoredPolicies(PolicyStore store) : IPolicySource
{
    public CompiledPolicy For(PolicyContext context) => store.Current.For(context);
}
