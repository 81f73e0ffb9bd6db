using System.CommandLine;
using EdgeFilter.Detection.Catalog;
using EdgeFilter.Proxy.Commands;
using EdgeFilter.Proxy.Hosting;

var root = new RootCommand("EdgeFilter: reads every prompt and every generated output between LLM clients and cloud model APIs, by regional policies, and redacts, pseudonymises, reroutes or blocks.")
{
    DemoCommand.Create(),
    ServeCommand.Create(),
    DetectCommand.Create(() => BuiltInDetectors.CreateCatalog()),
    DetectorsCommand.Create(() => BuiltInDetectors.CreateCatalog()),
    ClassifyCommand.Create(),
    FilterCommand.Create(),
    PolicyCommand.Create(),
    ModelsCommand.Create(),
    LogCommand.Create(),
    KeysCommand.Create(),
};
var parsed = root.Parse(args);

// By itself the library ends the process two seconds after it was asked to stop: streams would be cut off, and the log's end never signed.
var runsProxy = parsed.CommandResult.Command.Name is "serve" or "demo";
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = runsProxy ? ProxyHost.LongestStop : TimeSpan.FromSeconds(2) });
