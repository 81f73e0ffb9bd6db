using System.Security.Cryptography;
using EdgeFilter.Policies.Combining;

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
    private readonly Action changed;
    private readonly SemaphoreSlim wake = new(0, 1);
    private readonly CancellationTokenSource stopping = new();
    private readonly FileSystemWatcher? watcher;
    private readonly Task loop;

    public FolderWatch(string folder, TimeSpan pollEvery, Action changed)
    {
        this.folder = folder;
        this.pollEvery = pollEvery;
        this.changed = changed;
        watcher = TryWatch();
        var start = Stamp();
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
            var now = Stamp();
            if (now == seen)
            {
                continue;
            }

            string before;
            do
            {
                before = now;
                await Task.Delay(StillFor, stopping.Token).ConfigureAwait(false);
                now = Stamp();
            }
            while (now != before);

            seen = now;
            changed();
        }
    }

    private string Stamp()
    {
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var source in PolicyFolder.Read(folder))
            {
                hash.AppendData(System.Text.Encoding.UTF8.GetBytes(source.Path + "\0" + source.Failure + "\0"));
                hash.AppendData(source.Bytes is { } bytes ? bytes.Span : []);
            }

            return Convert.ToHexString(hash.GetHashAndReset());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.GetType().Name;
        }
    }

    // Not every file system notifies, and a folder may not exist yet: polling does without.
    private FileSystemWatcher? TryWatch()
    {
        try
        {
            var isFile = File.Exists(folder);
            var created = new FileSystemWatcher(isFile ? Path.GetDirectoryName(Path.GetFullPath(folder))! : folder) { IncludeSubdirectories = !isFile };
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
