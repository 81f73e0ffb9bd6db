using System.Diagnostics;
using EdgeFilter.Testing;
using Npgsql;

namespace EdgeFilter.Proxy.Tests.BlockLog;

/// <summary>
/// A PostgreSQL of the tests' own, started on first use from whatever version is installed. Where none is installed, the tests that need
/// one say so and are skipped.
/// </summary>
/// <remarks>
/// It is started by a shell that waits for the end of its standard input, and so of this process, however that comes: a test host is
/// killed a moment after its last test. The shell then stops the server and removes its files. It listens on a socket in its folder
/// alone, so that no port can be taken already.
/// </remarks>
internal static class PostgresServer
{
    private const string UntilInputEnds = """
        "$1/postgres" -D "$0/data" -k "$0" -c listen_addresses= >"$0/server.log" 2>&1 </dev/null &
        cat >/dev/null
        kill -QUIT $!
        wait $!
        rm -rf "$0"
        """;

    // Held for as long as the process lives: collected, it would close the shell's input.
    private static Process? keeper;

    private static readonly Lazy<(string? ConnectionString, string Reason)> Server = new(Start);

    /// <summary>Why there is no server, null when there is one.</summary>
    public static string? Missing => Server.Value.ConnectionString is null ? Server.Value.Reason : null;

    /// <summary>A connection string to a new, empty database.</summary>
    public static string CreateDatabase()
    {
        var name = $"log_{Guid.NewGuid():N}";
        using var connection = new NpgsqlConnection(Server.Value.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own name.
        command.CommandText = $"CREATE DATABASE {name}";
#pragma warning restore CA2100
        command.ExecuteNonQuery();
        return new NpgsqlConnectionStringBuilder(Server.Value.ConnectionString) { Database = name }.ToString();
    }

    private static (string?, string) Start()
    {
        var programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(folder => Path.Combine(folder, "bin"))
                .LastOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
            : null;
        if (programs is null)
        {
            return (null, "PostgreSQL is not installed (Debian: apt-get install postgresql).");
        }

        var folder = Directory.CreateTempSubdirectory("edgefilter-postgres-").FullName;
        var data = Path.Combine(folder, "data");
        if (Environment.UserName == "root")
        {
            // PostgreSQL refuses to run as root.
            Run("chown", "postgres", folder);
        }

        Run(Path.Combine(programs, "initdb"), "-D", data, "-U", "edgefilter", "-A", "trust", "-E", "UTF8", "--locale=C", "-N");
        keeper = Process.Start(AsServerUser("setsid", "sh", "-c", UntilInputEnds, folder, programs))!;
        keeper.StandardOutput.Close();
        var connectionString = $"Host={folder};Username=edgefilter;Database=postgres;Pooling=false";
        for (var waiting = Stopwatch.StartNew(); ;)
        {
            try
            {
                using var connection = new NpgsqlConnection(connectionString);
                connection.Open();
                return (connectionString, "");
            }
            catch (NpgsqlException) when (waiting.Elapsed < Eventually.Patience && !keeper.HasExited)
            {
                Thread.Sleep(50);
            }
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program == "chown" ? Quiet(program, arguments) : AsServerUser(program, arguments))!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static ProcessStartInfo AsServerUser(string program, params string[] arguments) => Environment.UserName == "root"
        ? Quiet("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments])
        : Quiet(program, arguments);

    private static ProcessStartInfo Quiet(string program, string[] arguments) => new(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardInput = true,
        WorkingDirectory = "/",
    };
}
