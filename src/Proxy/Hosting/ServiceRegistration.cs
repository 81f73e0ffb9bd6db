using EdgeFilter.Detection;
using EdgeFilter.Detection.Catalog;
using EdgeFilter.Policies.Filtering;
using EdgeFilter.Policies.Lifecycle;
using EdgeFilter.Policies.Validation;
using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Candidates;
using EdgeFilter.Proxy.Configuration;
using EdgeFilter.Proxy.Identity;
using EdgeFilter.Proxy.Inspection;
using EdgeFilter.Proxy.Review;
using EdgeFilter.Proxy.Routing;
using EdgeFilter.Proxy.Telemetry;
using EdgeFilter.Proxy.Signing;
using EdgeFilter.Proxy.Sockets;
using Microsoft.Extensions.Options;

namespace EdgeFilter.Proxy.Hosting;

/// <summary>Everything that the proxy is made of.</summary>
internal static class ServiceRegistration
{
    public static IServiceCollection AddEdgeFilter(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptionsWithValidateOnStart<ProxyOptions, ProxyOptionsValidator>().BindConfiguration(ProxyOptions.Section);
        var options = configuration.GetSection(ProxyOptions.Section).Get<ProxyOptions>() ?? new ProxyOptions();
        var providers = ProviderSet.Read(configuration);
        services.AddSingleton(providers);
        services.AddSingleton(ClientDirectory.Read(configuration, options));
        services.AddSingleton(TimeProvider.System);
        services.AddBlockLog();
        services.AddTelemetry(configuration);
        services.AddSingleton<IConsoleFacts, ConsoleFacts>();
        services.AddSingleton<ITryPolicy, PolicyTrial>();
        services.AddSingleton<IChangePolicies, PolicyChanges>();
        AddPolicies(services, options);
        services.AddSingleton(p => ValueHashers.From(p.GetRequiredService<FingerprintKey>()));
        services.AddSingleton<CleanTextCache>();
        services.AddSingleton<DecisionFeed>();
        services.AddSingleton<DecisionRecorder>();
        services.AddSingleton<ExchangeFactory>();
        services.AddSingleton<BodyFilter>();
        services.AddSingleton<EnvelopeFilter>();
        services.AddSingleton<OwnLinks>();
        services.AddSingleton<McpHeaders>();
        services.AddSingleton<FileFilter>();
        services.AddSingleton<BatchFilter>();
        services.AddSingleton<LineFilter>();
        services.AddSingleton<ClusterChoice>();
        services.AddSingleton<WholeResponse>();
        services.AddSingleton<FileResponse>();
        services.AddSingleton<StreamedResponse>();
        services.AddSingleton<ProviderSocket>();
        services.AddSingleton<SocketRelay>();
        services.AddReverseProxy()
            .LoadFromMemory(ProviderRoutes.Routes(providers), ProviderRoutes.Clusters(providers, options))
            .LoadFromConfig(configuration.GetSection("ReverseProxy"))
            .AddTransforms<UpstreamTransforms>()
            .AddTransforms<BedrockSigning>()
            .AddTransforms<ResponseInspection>();
        return services;
    }

    private static void AddPolicies(IServiceCollection services, ProxyOptions options)
    {
        services.AddSingleton(p => BuiltInDetectors.CreateCatalog(p.GetRequiredService<ModelsInForce>().Current.Families));
        services.AddOptionsWithValidateOnStart<ModelOptions, ModelOptionsValidator>().BindConfiguration(ModelOptions.Section);
        services.AddSingleton(p => new ModelsInForce(options.Models, p.GetRequiredService<IOptions<ModelOptions>>().Value.ToRuntime(), p.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(p => new ValidationScope(
            p.GetRequiredService<DetectorCatalog>(), p.GetRequiredService<ModelsInForce>().Current, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(p => new PolicyStore(
            options.Policies,
            p.GetRequiredService<ValidationScope>(),
            p.GetRequiredService<PolicyHistory>()));
        services.AddSingleton<IPolicySource, StoredPolicies>();
        services.AddSingleton(p => new PolicyHistory(options.StateFolder(p.GetRequiredService<IOptions<BlockLogOptions>>().Value.Path)));
        services.AddCandidates();
    }
}
