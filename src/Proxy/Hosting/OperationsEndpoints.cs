using System.Text.Json;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Lifecycle;
using EdgeFilter.Proxy.BlockLog;
using OpenTelemetry.Metrics;

namespace EdgeFilter.Proxy.Hosting;

/// <summary>What operators and orchestrators ask, on the admin address: alive, ready, and which policies are in force.</summary>
internal static class OperationsEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, IServiceProvider proxy)
    {
        routes.MapGet("/edgefilter/health/live", static context => WriteAsync(context, StatusCodes.Status200OK, json => json.WriteString("status", "alive")));
        routes.MapGet("/edgefilter/health/ready", context => ReadyAsync(context, proxy));
        routes.MapPrometheusScrapingEndpoint("/edgefilter/metrics", proxy.GetRequiredService<MeterProvider>(), configureBranchedPipeline: null, optionsName: null);
        routes.MapGet("/edgefilter/policies", context => PoliciesAsync(context, proxy.GetRequiredService<PolicyStore>().Status));
    }

    private static Task ReadyAsync(HttpContext context, IServiceProvider proxy)
    {
        var log = proxy.GetRequiredService<IBlockLog>().Health;
        var policies = proxy.GetRequiredService<PolicyStore>().Status;
        var refused = proxy.GetRequiredService<ModelsInForce>().Current.Models.Where(m => m.Refused is not null).ToArray();
        var ready = log.IsReady && policies.IsLoaded;
        return WriteAsync(context, ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, json =>
        {
            json.WriteString("status", ready ? "ready" : "not-ready");
            json.WriteStartObject("blockLog");
            json.WriteString("fault", Words.Of(log.Fault));
            json.WriteString("since", log.Since.ToString("O"));
            json.WriteString("advice", log.Fault.Advice());
            json.WriteNumber("spooled", log.Spooled);
            json.WriteEndObject();
            json.WriteString("policies", policies.FailedAt is null ? "in-force" : policies.IsLoaded ? "last change refused" : "none");
            json.WriteStartArray("policyProblems");
            foreach (var problem in policies.Problems)
            {
                json.WriteStringValue(problem.ToString());
            }

            json.WriteEndArray();
            json.WriteStartArray("refusedModels");
            foreach (var model in refused)
            {
                json.WriteStringValue(model.Name);
            }

            json.WriteEndArray();
        });
    }

    private static Task PoliciesAsync(HttpContext context, PolicySetStatus status) => WriteAsync(context, StatusCodes.Status200OK, json =>
    {
        json.WriteString("digest", status.Digest);
        json.WriteString("loadedAt", status.LoadedAt?.ToString("O") ?? "");
        json.WriteString("origin", Words.Of(status.Origin));
        json.WriteBoolean("isLastGood", status.IsLastGood);
        json.WriteStartArray("policies");
        foreach (var policy in status.Policies)
        {
            json.WriteStartObject();
            json.WriteString("name", policy.Name);
            json.WriteString("version", policy.Version);
            json.WriteString("digest", policy.Digest);
            json.WriteString("title", policy.Title);
            json.WriteNumber("rules", policy.Rules);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
    }
}
