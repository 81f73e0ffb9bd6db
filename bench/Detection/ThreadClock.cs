using System.Diagnostics;
using System.Runtime.InteropServices;

namespace EdgeFilter.Bench.Detection;

/// <summary>Processor time of this thread: what else the machine does in the meantime doesn't count.</summary>
internal static partial class ThreadClock
{
    // CLOCK_THREAD_CPUTIME_ID of clock_gettime(2).
    private const int ThreadCpuTime = 3;

    /// <summary>Seconds of processor time so far; wall time where the system can't say.</summary>
    public static double Seconds =>
        OperatingSystem.IsLinux() && ReadClock(ThreadCpuTime, out var time) == 0
            ? time.Seconds + (time.Nanoseconds / 1e9)
            : Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ReadClock(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
