using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>
/// The block log as the proxy sees it: a bounded queue before one thread that commits whatever has gathered while the last commit
/// was on its way to the disk. No timer delays a record; the busier the proxy, the larger the groups.
/// </summary>
internal sealed class BlockLogWriter : IBlockLog
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(10);

    private readonly IRecordStore _store;
    private readonly BlockLogOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<PendingRecord> _queue;
    private readonly TaskCompletionSource<BlockLogHealth> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private readonly RecordSpool? _spool;
    private readonly LogRetention _retention;

    // Only the writer's thread touches these.
    private bool _open;
    private bool _signDue;
    private long _lastAttempt;
    private long _lastWrite;
    private long _lastSigned;

    private volatile BlockLogHealth _health;

    public BlockLogWriter(IRecordStore store, IOptions<BlockLogOptions> options, TimeProvider time, ILogger<BlockLogWriter> logger)
    {
        _store = store;
        _options = options.Value;
        _time = time;
        _logger = logger;
        _health = new BlockLogHealth(BlockLogFault.Unavailable, time.GetUtcNow(), 0);
        _retention = new LogRetention(_options, time, logger);
        _spool = _options.SpoolPath is { Length: > 0 } path ? new RecordSpool(path, _options.SpoolMaxBytes) : null;
        _queue = Channel.CreateBounded<PendingRecord>(new BoundedChannelOptions(_options.QueueLength)
        {
            SingleReader = true,
            FullMode = BoundedChannelFullMode.Wait,
        });
        _thread = new Thread(Run) { IsBackground = true, Name = "block log writer" };
        _thread.Start();
    }

    public BlockLogHealth Health => _health;

    /// <summary>Records that wait for their commit; cheap to read.</summary>
    public int QueueLength => _queue.Reader.Count;

    /// <summary>Completes with the first health once the store was opened or failed to.</summary>
    public Task<BlockLogHealth> Opened => _opened.Task;

    public async ValueTask<AppendOutcome> AppendAsync(BlockRecord record, CancellationToken cancellationToken)
    {
        var pending = new PendingRecord(record, RecordJson.Serialize(record));
        AppendOutcome outcome;
        try
        {
            await _queue.Writer.WriteAsync(pending, cancellationToken).ConfigureAwait(false);
            await using (cancellationToken.UnsafeRegister(static (waiting, token) => ((PendingRecord)waiting!).TrySetCanceled(token), pending).ConfigureAwait(false))
            {
                outcome = await pending.Task.ConfigureAwait(false);
            }
        }
        catch (ChannelClosedException)
        {
            outcome = AppendOutcome.Refused(BlockLogFault.Closed);
        }

        _logger.Decision(record, outcome);
        return outcome;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await Task.Run(_thread.Join).ConfigureAwait(false);
        _spool?.Dispose();
        _store.Dispose();
    }

    private void Run()
    {
        TryOpen();
        _opened.TrySetResult(_health);

        var batch = new List<PendingRecord>(_options.GroupSize);
        var more = NextAsync();
        while (true)
        {
            // Blocking is this thread's purpose: it belongs to the log alone.
            if (more.Wait(Tick))
            {
                if (!more.Result)
                {
                    break;
                }

                while (batch.Count < _options.GroupSize && _queue.Reader.TryRead(out var pending))
                {
                    batch.Add(pending);
                }

                Write(batch);
                batch.Clear();
                more = NextAsync();
            }

            DoWhatIsDue();
        }

        Guarded(_store.SignTip);
        _store.Close();

        Task<bool> NextAsync() => _queue.Reader.WaitToReadAsync().AsTask();
    }

    private void Write(List<PendingRecord> batch)
    {
        // A second try on a fresh connection: a dropped connection or another writer's turn is not worth a refusal.
        for (var attempt = 0; attempt < 2; attempt++)
        {
            if (!_open && !TryOpen())
            {
                break;
            }

            if (Guarded(() => _store.Append(batch, spoolMark: null)))
            {
                _signDue = true;
                _lastWrite = _time.GetTimestamp();
                foreach (var pending in batch)
                {
                    pending.Complete(AppendOutcome.Durable);
                }

                return;
            }
        }

        Divert(batch);
    }

    private void Divert(List<PendingRecord> batch)
    {
        var fault = _health.Fault;
        var outcome = _spool?.TryAppend(batch) == true ? new AppendOutcome(AppendStatus.Spooled, fault) : AppendOutcome.Refused(fault);
        foreach (var pending in batch)
        {
            pending.Complete(outcome);
        }

        if (_spool is not null)
        {
            _health = _health with { Spooled = _spool.Count };
        }
    }

    private void DoWhatIsDue()
    {
        if (!_open)
        {
            TryOpen();
            return;
        }

        if (_time.GetElapsedTime(_lastWrite) >= ProbeEvery)
        {
            _lastWrite = _time.GetTimestamp();
            Guarded(_store.Probe);
        }

        if (_open && _signDue && _time.GetElapsedTime(_lastSigned) >= _options.CheckpointAfter)
        {
            _lastSigned = _time.GetTimestamp();
            _signDue = !Guarded(_store.SignTip);
        }

        if (_open && _retention.IsDue)
        {
            Guarded(() => _retention.Step(_store));
        }
    }

    private bool TryOpen()
    {
        // With the log away, every batch would otherwise pay for a try of its own.
        if (_lastAttempt != 0 && _time.GetElapsedTime(_lastAttempt) < RetryEvery && !_health.IsReady)
        {
            return false;
        }

        _lastAttempt = _time.GetTimestamp();
        _open = true;
        if (!Guarded(_store.Open) || !Guarded(_store.Probe) || !Guarded(Replay))
        {
            return false;
        }

        _lastWrite = _lastSigned = _time.GetTimestamp();

        // Whoever was killed before could not sign what it wrote last.
        _signDue = true;
        SetHealth(BlockLogFault.None);
        return true;
    }

    private void Replay()
    {
        if (_spool is not { Count: > 0 })
        {
            return;
        }

        var replayed = 0L;
        foreach (var (batch, mark) in _spool.ReadFrom(_store.ReadSpoolMark(), _options.GroupSize))
        {
            _store.Append(batch, mark);
            replayed += batch.Count;
        }

        _spool.Clear();
        _signDue = true;
        _logger.LogSpoolReplayed(replayed);
    }

    /// <summary>Runs a piece of work on the store; whatever it throws becomes the log's health, and the store is closed.</summary>
    private bool Guarded(Action work)
    {
        if (!_open)
        {
            return false;
        }

        try
        {
            work();
            return true;
        }
#pragma warning disable CA1031 // Any failure of a database is a fault of the log; the writer's thread must outlive it.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            SetHealth(_store.Classify(problem));
            _open = false;
            _store.Close();
            return false;
        }
    }

    private void SetHealth(BlockLogFault fault)
    {
        var before = _health;
        if (before.Fault != fault || !_opened.Task.IsCompleted)
        {
            // What worked until now gets its second try at once.
            _lastAttempt = before.IsReady ? 0 : _lastAttempt;
            _health = new BlockLogHealth(fault, _time.GetUtcNow(), _spool?.Count ?? 0);
            if (fault == BlockLogFault.None)
            {
                _logger.LogReady();
            }
            else
            {
                _logger.LogUnavailable(fault);
            }
        }
        else if (_spool is not null)
        {
            _health = before with { Spooled = _spool.Count };
        }
    }
}
