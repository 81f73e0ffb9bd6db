using Npgsql;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Names PostgreSQL's failures (https://www.postgresql.org/docs/current/errcodes-appendix.html).</summary>
internal static class PostgresFaults
{
    public static BlockLogFault Classify(Exception problem) => problem switch
    {
        NewerSchemaException => BlockLogFault.NewerSchema,
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => BlockLogFault.DiskFull,
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InsufficientPrivilege } => BlockLogFault.ReadOnly,
        PostgresException { SqlState: PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted } => BlockLogFault.Corrupt,
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.UndefinedTable } => BlockLogFault.Missing,
        PostgresException => BlockLogFault.Unavailable,

        // Anything else of Npgsql's is about the connection: the server can't be reached or dropped it.
        NpgsqlException => BlockLogFault.Missing,
        InvalidDataException => BlockLogFault.Corrupt,
        _ => BlockLogFault.Unavailable,
    };
}
