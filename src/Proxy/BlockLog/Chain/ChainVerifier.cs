namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Finds the first record that was altered, removed or moved.</summary>
internal sealed class ChainVerifier(IChainSource source, CheckpointKeys keys)
{
    private long _checked;
    private long _first;
    private long _last;
    private long _erased;
    private int _signatures;
    private long _signedUpTo;

    /// <summary>Walks the whole chain.</summary>
    /// <param name="progress">Told the number of records so far, now and then.</param>
    /// <param name="cancellationToken">Stops the walk.</param>
    public ChainReport Verify(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        // 1. Signatures first: what they vouch for is what the walk is compared with.
        foreach (var checkpoint in source.Checkpoints)
        {
            if (!keys.Verify(checkpoint))
            {
                return Report(keys.Knows(checkpoint) ? ChainProblem.CheckpointForged : ChainProblem.CheckpointKeyUnknown, checkpoint.Sequence);
            }

            if (checkpoint.LogId != source.LogId)
            {
                return Report(ChainProblem.CheckpointForged, checkpoint.Sequence);
            }

            _signatures++;
        }

        // 2. Every link, from the log's beginning or from where retention signed that it now begins.
        var links = source.Checkpoints.GroupBy(checkpoint => checkpoint.Sequence).ToDictionary(group => group.Key, group => group.ToArray());
        var trimmed = source.Checkpoints.LastOrDefault(checkpoint => checkpoint.Kind == CheckpointKind.Trimmed);
        var expected = trimmed is null ? 1 : trimmed.Sequence + 1;
        var link = trimmed?.Link ?? RecordChain.Genesis(source.LogId);
        foreach (var entry in source.Entries())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry.Sequence != expected)
            {
                return Report(ChainProblem.Removed, Math.Min(expected, entry.Sequence));
            }

            var digest = entry.Body is not null ? RecordChain.Digest(entry.Body) : entry.Digest;
            if (digest is not { Length: RecordChain.LinkLength } || (entry.Body is null && !WasErased(entry.Sequence)))
            {
                return Report(ChainProblem.Altered, entry.Sequence);
            }

            link = RecordChain.Next(link, entry.Sequence, digest);
            var agrees = link.AsSpan().SequenceEqual(entry.Link)
                && (!links.TryGetValue(entry.Sequence, out var signed) || signed.All(checkpoint => link.AsSpan().SequenceEqual(checkpoint.Link)));
            if (!agrees)
            {
                return Report(ChainProblem.Altered, entry.Sequence);
            }

            Count(entry, signedHere: links.TryGetValue(entry.Sequence, out var here) && here.Any(checkpoint => checkpoint.Kind != CheckpointKind.Erased));
            expected++;
            if (_checked % 100_000 == 0)
            {
                progress?.Report(_checked);
            }
        }

        // 3. Nothing that was signed may be missing at the end.
        var lastSigned = source.Checkpoints.Select(checkpoint => checkpoint.Sequence).DefaultIfEmpty().Max();
        if (lastSigned >= expected)
        {
            return Report(ChainProblem.Removed, expected);
        }

        _signedUpTo = Math.Max(_signedUpTo, trimmed?.Sequence ?? 0);
        return _checked > 0 && _signatures == 0 ? Report(ChainProblem.NeverSigned, _first) : Report(ChainProblem.None, 0);

        bool WasErased(long sequence) =>
            links.TryGetValue(sequence, out var signed) && signed.Any(checkpoint => checkpoint.Kind == CheckpointKind.Erased);
    }

    private void Count(ChainEntry entry, bool signedHere)
    {
        _checked++;
        _first = _first == 0 ? entry.Sequence : _first;
        _last = entry.Sequence;
        _erased += entry.Body is null ? 1 : 0;
        _signedUpTo = signedHere ? entry.Sequence : _signedUpTo;
    }

    private ChainReport Report(ChainProblem problem, long sequence) =>
        new(problem, sequence, _checked, _first, _last, _erased, _signatures, _signedUpTo);
}
