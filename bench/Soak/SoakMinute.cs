namespace EdgeFilter.Bench.Soak;

/// <summary>What one minute of a run was like.</summary>
/// <param name="Number">From 1 on.</param>
/// <param name="CallsPerSecond">Answers, of all callers together.</param>
/// <param name="CallsPerCpuSecond">Answers for each second of processor time of this process: what others do on the machine hardly shows in it.</param>
/// <param name="ManagedMegabytes">The managed heap right after a full collection.</param>
/// <param name="ResidentMegabytes">All memory of the process.</param>
internal sealed record SoakMinute(int Number, double CallsPerSecond, double CallsPerCpuSecond, double ManagedMegabytes, double ResidentMegabytes);
