using EdgeFilter.Bench.Load;

// Usage: EdgeFilter.Bench.Load compare ROOT [--quick]   compares the proxies; started by bench/run.sh
//        EdgeFilter.Bench.Load backend URL              is the backend; started by the comparison
switch (args)
{
    case ["backend", var url]:
        await Backend.RunAsync(url);
        return 0;
    case ["compare", var root, .. var rest] when rest is [] or ["--quick"]:
        return await Comparison.RunAsync(new RunSettings(rest.Length > 0, root, Path.Combine(root, "bench/results")));
    default:
        await Console.Error.WriteLineAsync("usage: EdgeFilter.Bench.Load compare ROOT [--quick] | backend URL");
        return 2;
}
