using System.Globalization;
using System.Text;
using EdgeFilter.Detection.Catalog;
using EdgeFilter.Detection.Classifiers.Models;
using EdgeFilter.Policies.Lifecycle;

namespace EdgeFilter.Proxy.Hosting;

/// <summary>
/// The models that policies use. When their folder changes they are loaded again, and policies and models are exchanged as one, or
/// not at all. Exchanges that run keep the models they began with; those are released when none can be left.
/// </summary>
internal sealed class ModelsInForce : IDisposable
{
    /// <summary>How often the folder is looked at, and how long its files must hold still.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly string folder;
    private readonly ModelRuntimeOptions options;
    private readonly TimeSpan grace;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly List<ModelStore> leaving = [];
    private readonly Lock releasing = new();
    private volatile ModelStore current;
    private Task watching = Task.CompletedTask;

    /// <param name="folder">The folder of models.</param>
    /// <param name="options">How large ones are run.</param>
    /// <param name="loggers">For what becomes of them.</param>
    /// <param name="grace">How long models that were replaced are kept; the default, 15 minutes, is longer than a silent upstream is waited for.</param>
    public ModelsInForce(string folder, ModelRuntimeOptions options, ILoggerFactory loggers, TimeSpan? grace = null)
    {
        this.folder = folder;
        this.options = options;
        this.grace = grace ?? TimeSpan.FromMinutes(15);
        logger = loggers.CreateLogger("EdgeFilter.Models");
        Seen = Stamp();
        current = Open();
    }

    public ModelStore Current => current;

    /// <summary>What the folder held when it was last read.</summary>
    private string Seen { get; set; }

    /// <summary>Begins to watch the folder.</summary>
    public void Watch(PolicyStore policies) => watching = Task.Run(() => WatchAsync(policies));

    /// <summary>Reads the folder again. True when the new models are in force.</summary>
    internal bool Reload(PolicyStore policies)
    {
        ModelStore opened;
        try
        {
            opened = Open();
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or FormatException)
        {
            logger.Unreadable(failed.Message);
            return false;
        }

        var change = policies.Exchange(BuiltInDetectors.CreateCatalog(opened.Families), opened);
        if (!change.IsApplied)
        {
            logger.NotExchanged(change.Problems.Count, change.Problems.Count > 0 ? change.Problems[0].ToString() : "");
            opened.Dispose();
            return false;
        }

        ReleaseLater(current);
        current = opened;
        logger.Exchanged(opened.Models.Count, opened.Models.Count(m => m.Refused is not null));
        return true;
    }

    public void Dispose()
    {
        stopping.Cancel();
        try
        {
            watching.Wait(TimeSpan.FromSeconds(30));
        }
        catch (AggregateException ended) when (ended.InnerException is OperationCanceledException)
        {
            // Ended as asked.
            _ = ended;
        }

        lock (releasing)
        {
            leaving.ForEach(m => m.Dispose());
            leaving.Clear();
        }

        current.Dispose();
        stopping.Dispose();
    }

    private ModelStore Open()
    {
        var store = ModelStore.Open(folder, ModelKey.FromEnvironment(), options);
        ModelLog.Attach(store, logger);
        return store;
    }

    private async Task WatchAsync(PolicyStore policies)
    {
        var before = Seen;
        while (true)
        {
            await Task.Delay(Pause, stopping.Token);

            // A copy takes its time: only what held still for a while is read.
            var now = Stamp();
            if (now != Seen && now == before)
            {
                Seen = now;
                Reload(policies);
            }

            before = now;
        }
    }

    private void ReleaseLater(ModelStore store)
    {
        lock (releasing)
        {
            leaving.Add(store);
        }

        _ = Task.Delay(grace, stopping.Token).ContinueWith(
            _ =>
            {
                lock (releasing)
                {
                    if (leaving.Remove(store))
                    {
                        store.Dispose();
                    }
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion,
            TaskScheduler.Default);
    }

    /// <summary>Names, sizes and times: contents are compared with their digests when they are read.</summary>
    private string Stamp()
    {
        try
        {
            var stamp = new StringBuilder();
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(f => f.FullName, StringComparer.Ordinal))
            {
                stamp.Append(CultureInfo.InvariantCulture, $"{file.FullName}\0{file.Length}\0{file.LastWriteTimeUtc.Ticks}\n");
            }

            return stamp.ToString();
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // It may be there again at the next look.
            return failed.GetType().Name;
        }
    }
}
