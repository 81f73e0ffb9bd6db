using Microsoft.Data.Sqlite;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Names SQLite's failures (https://www.sqlite.org/rescode.html).</summary>
internal static class SqliteFaults
{
    private const int Permission = 3;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CantOpen = 14;
    private const int NotADatabase = 26;

    public static BlockLogFault Classify(Exception problem, string path) => problem switch
    {
        NewerSchemaException => BlockLogFault.NewerSchema,
        SqliteException { SqliteErrorCode: Full } => BlockLogFault.DiskFull,
        SqliteException { SqliteErrorCode: ReadOnly or Permission } => BlockLogFault.ReadOnly,
        SqliteException { SqliteErrorCode: Corrupt or NotADatabase } => BlockLogFault.Corrupt,
        SqliteException { SqliteErrorCode: CantOpen } => File.Exists(path) ? BlockLogFault.ReadOnly : BlockLogFault.Missing,
        SqliteException { SqliteErrorCode: InputOutput } => File.Exists(path) ? BlockLogFault.Unavailable : BlockLogFault.Missing,
        InvalidDataException => BlockLogFault.Corrupt,
        FileNotFoundException or DirectoryNotFoundException => BlockLogFault.Missing,
        UnauthorizedAccessException => BlockLogFault.ReadOnly,

        // ENOSPC while a key or a folder was made.
        IOException { HResult: 28 } => BlockLogFault.DiskFull,
        IOException { HResult: 30 } => BlockLogFault.ReadOnly,
        _ => BlockLogFault.Unavailable,
    };
}
