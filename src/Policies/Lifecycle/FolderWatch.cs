namespace EdgeFilter.Policies.Lifecycle;

/// <summary>
/// Notices when the files of a folder change, however they change: edited in place, replaced, or swapped by a symbolic link as
/// Kubernetes does. Notifications of the file system only make it look sooner; what counts is what the files hold.
/// </summary>
internal sealed class FolderWatch : IDisposable
{
    /// <summary>Files must hold still for so long: an editor or a copy writes several of them one after the other.</summary>
    private static readonly TimeSpan StillFor = TimeSpan.FromMilliseconds(150);

    private readonly string folder;
    private readonly TimeSpan pollEvery;
    private readonly Func<string> stamp;
    private readonly Action changed;
    private readonly SemaphoreSlim wake = new(0, 1);
    private readonly CancellationTokenSource stopping = new();
    private readonly FileSystemWatcher? watcher;
    private readonly Task loop;

    /// <param name="folder">A folder, or a file.</param>
    /// <param name="pollEvery">How long a change may go unnoticed where the file system doesn't notify.</param>
    /// <param name="stamp">Another text whenever what counts is another.</param>
    /// <param name="changed">Called after each change, never twice at a time.</param>
    public FolderWatch(string folder, TimeSpan pollEvery, Func<string> stamp, Action changed)
    {
        this.folder = folder;
        this.pollEvery = pollEvery;
        this.stamp = stamp;
        this.changed = changed;
        watcher = TryWatch();
        var start = stamp();
        loop = Task.Run(() => LoopAsync(start));
    }

    public void Dispose()
    {
        stopping.Cancel();
        watcher?.Dispose();
        try
        {
            loop.Wait(TimeSpan.FromSeconds(5));
        }
        catch (AggregateException e) when (e.InnerException is OperationCanceledException)
        {
            // Ended as asked.
            _ = e;
        }

        stopping.Dispose();
        wake.Dispose();
    }

    private async Task LoopAsync(string seen)
    {
        while (!stopping.IsCancellationRequested)
        {
            await wake.WaitAsync(pollEvery, stopping.Token).ConfigureAwait(false);
            var now = stamp();
            if (now == seen)
            {
                continue;
            }

            string before;
            do
            {
                before = now;
                await Task.Delay(StillFor, stopping.Token).ConfigureAwait(false);
                now = stamp();
            }
            while (now != before);

            seen = now;
            changed();
        }
    }

    // Not every file system notifies, and a folder may not exist yet: polling does without.
    private FileSystemWatcher? TryWatch()
    {
        try
        {
            var isFolder = Directory.Exists(folder);
            var created = new FileSystemWatcher(isFolder ? folder : Path.GetDirectoryName(Path.GetFullPath(folder))!) { IncludeSubdirectories = isFolder };
            created.Changed += (_, _) => Wake();
            created.Created += (_, _) => Wake();
            created.Deleted += (_, _) => Wake();
            created.Renamed += (_, _) => Wake();
            created.EnableRaisingEvents = true;
            return created;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void Wake()
    {
        if (wake.CurrentCount == 0 && !stopping.IsCancellationRequested)
        {
            try
            {
                wake.Release();
            }
            catch (SemaphoreFullException)
            {
                // Two notifications at once: one wakes the loop, which is all that either wants.
                return;
            }
        }
    }
}
