namespace EdgeFilter.Proxy.Tests.BlockLog;

/// <summary>
/// The test assembly as a program of its own: a child process that appends to a log until it is killed. It prints an id only once
/// that record was acknowledged.
/// </summary>
internal static class Program
{
    public const string Verb = "append-until-killed";

    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is not [Verb, var folder])
        {
            return 2;
        }

        await using var log = LogFolder.OpenWriter(folder);
        var printing = new Lock();
        using var output = Console.OpenStandardOutput();
        await Parallel.ForEachAsync(Enumerable.Range(0, int.MaxValue), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (n, stop) =>
        {
            var record = Some.Record(n);
            if ((await log.AppendAsync(record, stop)).IsKept)
            {
                lock (printing)
                {
                    output.Write(System.Text.Encoding.ASCII.GetBytes($"{record.Id:N}\n"));
                }
            }
        });
        return 0;
    }
}
