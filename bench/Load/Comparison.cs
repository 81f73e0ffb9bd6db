namespace EdgeFilter.Bench.Load;

/// <summary>The whole run: every target, every kind of traffic, in turn.</summary>
internal static class Comparison
{
    public static async Task<int> RunAsync(RunSettings settings)
    {
        var targets = await Targets.StartAsync(settings);
        try
        {
            var report = new Report(settings);
            await MeasureAsync("whole answers: 2 KB chat requests of eight kinds, 0.6 KB answer, 16 kept-alive connections", stream: false, settings.Connections);
            await MeasureAsync("streamed answers: the same requests, 100 open streams, an event of 4 characters every 10 ms", stream: true, settings.Streams);
            await WriteAsync(settings, report);
            return 0;

            async Task MeasureAsync(string title, bool stream, int connections)
            {
                var measured = targets.ToDictionary(target => target, _ => new Measurement());
                foreach (var target in targets)
                {
                    await LoadRun.ForAsync(target, stream, connections, settings.WarmUp(stream), into: null);
                }

                for (var round = 0; round < settings.Rounds; round++)
                {
                    foreach (var target in targets)
                    {
                        await LoadRun.ForAsync(target, stream, connections, settings.Round, measured[target]);
                    }
                }

                targets.ForEach(target => report.Add(title, target.Name, measured[target]));
            }
        }
        finally
        {
            targets.ForEach(target => target.Dispose());
        }
    }

    private static async Task WriteAsync(RunSettings settings, Report report)
    {
        Directory.CreateDirectory(settings.ResultsFolder);
        var name = Path.Combine(settings.ResultsFolder, settings.Quick ? "proxies-quick" : "proxies");
        await File.WriteAllTextAsync(name + ".md", report.Table());
        await File.WriteAllTextAsync(name + ".json", report.Json() + "\n");
        Console.WriteLine(report.Table());
        Console.WriteLine($"Written to {Path.GetRelativePath(settings.Root, name)}.md and .json.");
    }
}
