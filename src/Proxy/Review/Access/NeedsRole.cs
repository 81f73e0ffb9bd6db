namespace EdgeFilter.Proxy.Review;

/// <summary>Who may call an endpoint; null for everybody. An endpoint without this mark answers nobody.</summary>
internal sealed record NeedsRole(Role? Role);

internal static class NeedsRoleExtensions
{
    public static TBuilder Needs<TBuilder>(this TBuilder builder, Role? role)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.WithMetadata(new NeedsRole(role));
        return builder;
    }
}
