using System.Globalization;

namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>How long the system has kept this process's group from running, by Linux's control groups; zero elsewhere.</summary>
internal static class CoreThrottling
{
    private const string File = "/sys/fs/cgroup/cpu.stat";
    private const string Key = "throttled_usec ";

    public static TimeSpan Total()
    {
        try
        {
            if (!System.IO.File.Exists(File))
            {
                return TimeSpan.Zero;
            }

            foreach (var line in System.IO.File.ReadLines(File))
            {
                if (line.StartsWith(Key, StringComparison.Ordinal) && long.TryParse(line.AsSpan(Key.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds))
                {
                    return TimeSpan.FromMicroseconds(microseconds);
                }
            }
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // Without the figure only waits count.
            return TimeSpan.Zero;
        }

        return TimeSpan.Zero;
    }
}
