using System.Diagnostics;

namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>Has a command of the operator's write the key: a vault's client, a hardware module's tool.</summary>
internal static class ModelKeyCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Runs a command line by the system's shell, and gives what it writes to standard output.</summary>
    /// <exception cref="IOException">It can't be run, fails or takes too long. The message repeats nothing that it wrote.</exception>
    public static string Run(string commandLine)
    {
        string[] shell = OperatingSystem.IsWindows() ? ["cmd.exe", "/d", "/s", "/c", commandLine] : ["/bin/sh", "-c", commandLine];
        try
        {
            using var process = Process.Start(new ProcessStartInfo(shell[0], shell[1..]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(Patience) || !output.Wait(Patience))
            {
                process.Kill(entireProcessTree: true);
                throw new IOException($"The command of {ModelKey.CommandEnvironmentVariable} did not end within {Patience.TotalSeconds:0} s.");
            }

            return process.ExitCode == 0
                ? output.Result
                : throw new IOException($"The command of {ModelKey.CommandEnvironmentVariable} ended with exit code {process.ExitCode}.");
        }
        catch (System.ComponentModel.Win32Exception failed)
        {
            throw new IOException($"The command of {ModelKey.CommandEnvironmentVariable} can't be run.", failed);
        }
    }
}
