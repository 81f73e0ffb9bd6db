using System.Diagnostics;
using System.Globalization;

namespace EdgeFilter.Bench.Detection;

/// <summary>Runs the yardstick: Hyperscan with 25 patterns over the same file, in blocks of the same size.</summary>
internal static class Hyperscan
{
    public static double MegabytesPerSecond(string program, string patterns, string corpus, int block, TimeSpan duration)
    {
        var start = new ProcessStartInfo(program,
            [patterns, corpus, block.ToString(CultureInfo.InvariantCulture), duration.TotalSeconds.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("Hyperscan's scanner could not be started.");
        var output = process.StandardOutput.ReadToEnd().Split(' ');
        process.WaitForExit();
        return process.ExitCode == 0
            ? double.Parse(output[0], CultureInfo.InvariantCulture) / double.Parse(output[1], CultureInfo.InvariantCulture) / 1e6
            : throw new InvalidOperationException($"Hyperscan's scanner ended with {process.ExitCode}.");
    }
}
