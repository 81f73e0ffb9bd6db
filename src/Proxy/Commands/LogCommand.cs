using System.CommandLine;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>log</c>: reads, checks and exports the block log, also while a proxy writes it.</summary>
internal static class LogCommand
{
    public static Command Create() => new("log", "Search, verify, export, open evidence and erase from the block log.")
    {
        LogSearchCommand.Create(),
        LogStatsCommand.Create(),
        LogExportCommand.Create(),
        LogShipCommand.Create(),
        LogVerifyCommand.Create(),
        LogOpenEvidenceCommand.Create(),
        LogEraseCommand.Create(),
        LogSchemaCommand.Create(),
    };
}
