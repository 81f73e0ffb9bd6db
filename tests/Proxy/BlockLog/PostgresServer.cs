using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace EdgeFilter.Proxy.Tests.BlockLog;

/// <summary>
/// A PostgreSQL of the tests' own, started on first use from whatever version is installed and stopped with the process. Where none
/// is installed, the tests that need one say so and are skipped.
/// </summary>
internal static class PostgresServer
{
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
        var port = FreePort();
        var server = Process.Start(AsServerUser(
            Path.Combine(programs, "postgres"), "-D", data, "-p", $"{port}", "-k", folder, "-c", "listen_addresses=127.0.0.1"))!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            Run(Path.Combine(programs, "pg_ctl"), "-D", data, "-m", "immediate", "stop");
            server.WaitForExit(10_000);
            Directory.Delete(folder, recursive: true);
        };
        var connectionString = $"Host=127.0.0.1;Port={port};Username=edgefilter;Database=postgres;Pooling=false";
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var connection = new NpgsqlConnection(connectionString);
                connection.Open();
                return (connectionString, "");
            }
            catch (NpgsqlException) when (attempt < 200)
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
