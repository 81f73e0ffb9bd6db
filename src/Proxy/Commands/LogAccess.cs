using System.CommandLine;
using EdgeFilter.Proxy.BlockLog;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EdgeFilter.Proxy.Commands;

/// <summary>Opens a log for a command, and turns what can go wrong with it into a sentence and exit code 2.</summary>
internal static class LogAccess
{
    private const int BadInput = 2;

    public static IBlockLogReader Open(string log) =>
        IsPostgres(log) ? new PostgresBlockLogReader(log) : new SqliteBlockLogReader(Existing(log));

    public static IChainSource OpenChain(string log) =>
        IsPostgres(log) ? new PostgresChainSource(log) : new SqliteChainSource(Existing(log));

    public static IRecordStore OpenStore(string log) => BlockLogRegistration.CreateStore(
        IsPostgres(log) ? new BlockLogOptions { Postgres = log } : new BlockLogOptions { Path = Existing(log) }, TimeProvider.System);

    public static int Run(ParseResult parsed, LogOptions options, Func<IBlockLogReader, int> work) => Guarded(parsed, () =>
    {
        using var reader = Open(parsed.GetValue(options.Log)!);
        return work(reader);
    });

    public static int Guarded(ParseResult parsed, Func<int> work) =>
        GuardedAsync(parsed, () => Task.FromResult(work())).GetAwaiter().GetResult();

    public static async Task<int> GuardedAsync(ParseResult parsed, Func<Task<int>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (NewerSchemaException)
        {
            return Fail("A newer version of the proxy wrote this log: use that version's command.");
        }
        catch (SqliteException problem)
        {
            return Fail($"The log can't be read: {RecordTerms.NameOf(SqliteFaults.Classify(problem, path: ""))}.");
        }
        catch (NpgsqlException problem)
        {
            return Fail($"The log can't be read: {RecordTerms.NameOf(PostgresFaults.Classify(problem))}.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return Fail(problem.Message);
        }

        int Fail(string message)
        {
            parsed.InvocationConfiguration.Error.WriteLine(message);
            return BadInput;
        }
    }

    // No file of ours has such a name, and every connection string has this word.
    public static bool IsPostgres(string log) => log.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    private static string Existing(string path) =>
        File.Exists(path) ? path : throw new FileNotFoundException($"There is no block log at {path}: pass its place with --log.");
}
