using EdgeFilter.Policies.Compilation;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>The policies in force.</summary>
internal interface IPolicySource
{
    /// <summary>The effective policy for a context; an exchange keeps what it got.</summary>
    CompiledPolicy For(PolicyContext context);
}
