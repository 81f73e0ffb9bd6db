using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EdgeFilter.Bench.Load;

/// <summary>The comparison as a table for people and as JSON for programs.</summary>
internal sealed class Report(RunSettings settings)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly List<(string Traffic, string Target, Measurement Measured)> rows = [];

    public void Add(string traffic, string target, Measurement measured) => rows.Add((traffic, target, measured));

    public string Table()
    {
        var table = new StringBuilder();
        foreach (var group in rows.GroupBy(row => row.Traffic))
        {
            var bare = group.FirstOrDefault(row => row.Target == TargetNames.BareYarp).Measured;
            table.AppendLine(group.Key).AppendLine();
            table.AppendLine("| target | requests/s | CPU µs/request | × bare YARP | first byte p50 ms | p99 ms | whole p50 ms | p99 ms | memory MiB |");
            table.AppendLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
            foreach (var (_, target, measured) in group)
            {
                table.AppendLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {target} | {measured.RequestsPerSecond:F0} | {measured.CpuMicroseconds:F1} | {Ratio(measured, bare):F2} | " +
                    $"{measured.FirstByte(0.5):F2} | {measured.FirstByte(0.99):F2} | {measured.Total(0.5):F2} | {measured.Total(0.99):F2} | {measured.ResidentMiB:F0} |"));
            }

            table.AppendLine();
        }

        return table.ToString();
    }

    public string Json() => JsonSerializer.Serialize(
        new
        {
            settings.Quick,
            processors = Environment.ProcessorCount,
            connections = settings.Connections,
            streams = settings.Streams,
            eventsPerStream = Traffic.Deltas.Count + 1,
            results = rows.Select(row => new
            {
                traffic = row.Traffic,
                target = row.Target,
                requests = row.Measured.Requests,
                requestsPerSecond = Round(row.Measured.RequestsPerSecond),
                cpuMicrosecondsPerRequest = Round(row.Measured.CpuMicroseconds),
                timesBareYarp = Round(Ratio(row.Measured, rows.FirstOrDefault(other => other.Traffic == row.Traffic && other.Target == TargetNames.BareYarp).Measured)),
                firstByteMilliseconds = new { p50 = Round(row.Measured.FirstByte(0.5)), p99 = Round(row.Measured.FirstByte(0.99)) },
                totalMilliseconds = new { p50 = Round(row.Measured.Total(0.5)), p99 = Round(row.Measured.Total(0.99)) },
                residentMiB = Round(row.Measured.ResidentMiB),
            }),
        },
        Indented);

    private static double? Ratio(Measurement measured, Measurement? bare) => measured.CpuMicroseconds / bare?.CpuMicroseconds;

    private static double? Round(double? value) => value is { } number && double.IsFinite(number) ? Math.Round(number, 2) : null;
}
