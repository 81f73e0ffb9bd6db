using System.CommandLine;
using EdgeFilter.Detection.Catalog;
using EdgeFilter.Proxy.Commands;

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
return await root.Parse(args).InvokeAsync();
