namespace EdgeFilter.Proxy.Review;

/// <summary>Puts the console into the proxy's host.</summary>
internal static class ReviewRegistration
{
    /// <summary>
    /// Adds the console, configured by the section <c>Admin</c>; needs <c>AddBlockLog</c>. An <see cref="IConsoleFacts"/> and an
    /// <see cref="ITryPolicy"/> among the services are shown; without them those pages say so.
    /// </summary>
    public static IServiceCollection AddReviewConsole(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<AdminOptions, AdminOptionsValidator>().BindConfiguration(AdminOptions.Section);
        services.AddSingleton<AdminHost>();
        services.AddHostedService(provider => provider.GetRequiredService<AdminHost>());
        return services;
    }
}
