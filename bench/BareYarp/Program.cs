using Yarp.ReverseProxy.Configuration;

// Usage: EdgeFilter.Bench.BareYarp LISTEN-URL BACKEND-URL
if (args.Length != 2)
{
    await Console.Error.WriteLineAsync("usage: EdgeFilter.Bench.BareYarp LISTEN-URL BACKEND-URL");
    return 2;
}

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(options => options.AddServerHeader = false);
builder.Services.AddReverseProxy().LoadFromMemory(
    [new RouteConfig { RouteId = "all", ClusterId = "backend", Match = new RouteMatch { Path = "{**path}" } }],
    [
        new ClusterConfig
        {
            ClusterId = "backend",
            Destinations = new Dictionary<string, DestinationConfig> { ["only"] = new() { Address = args[1] } },
        },
    ]);
var app = builder.Build();
app.Urls.Add(args[0]);
app.MapReverseProxy();
await app.RunAsync();
return 0;
