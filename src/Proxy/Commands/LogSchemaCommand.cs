using System.CommandLine;
using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>log schema</c>: the JSON Schema of a record.</summary>
internal static class LogSchemaCommand
{
    public static Command Create()
    {
        var command = new Command("schema", "Print the JSON Schema of a record.");
        command.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.Write(RecordSchema.Text());
            return 0;
        });
        return command;
    }
}
