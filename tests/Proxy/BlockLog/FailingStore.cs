using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Tests.BlockLog;

/// <summary>A store that fails with <see cref="Fault"/> while that is set.</summary>
internal sealed class FailingStore(IRecordStore inner) : IRecordStore
{
    private volatile BlockLogFault _fault;

    public BlockLogFault Fault
    {
        get => _fault;
        set => _fault = value;
    }

    public void Open() => Try(inner.Open);

    public void Close() => inner.Close();

    public void Append(IReadOnlyList<PendingRecord> batch, SpoolMark? spoolMark) => Try(() => inner.Append(batch, spoolMark));

    public SpoolMark? ReadSpoolMark() => inner.ReadSpoolMark();

    public void Probe() => Try(inner.Probe);

    public void SignTip() => Try(inner.SignTip);

    public long Trim(DateTimeOffset? before, long? maxBytes) => inner.Trim(before, maxBytes);

    public IReadOnlyList<long> Older(string region, DateTimeOffset before, int limit) => inner.Older(region, before, limit);

    public int Erase(IReadOnlyList<long> sequences) => inner.Erase(sequences);

    public BlockLogFault Classify(Exception problem) =>
        problem is InvalidOperationException && _fault != BlockLogFault.None ? _fault : inner.Classify(problem);

    public void Dispose() => inner.Dispose();

    private void Try(Action work)
    {
        if (_fault != BlockLogFault.None)
        {
            throw new InvalidOperationException("The test's fault.");
        }

        work();
    }
}
