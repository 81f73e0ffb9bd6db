namespace EdgeFilter.Proxy.BlockLog;

/// <summary>What is wrong with a chain.</summary>
internal enum ChainProblem
{
    None,

    /// <summary>A record or link isn't what was written; also what a moved record looks like.</summary>
    Altered,

    /// <summary>Records are missing.</summary>
    Removed,

    /// <summary>A checkpoint's signature doesn't hold.</summary>
    CheckpointForged,

    /// <summary>A checkpoint was signed with a key that isn't at hand.</summary>
    CheckpointKeyUnknown,

    /// <summary>The chain holds, but no checkpoint signs any of it, so that all of it may have been written anew.</summary>
    NeverSigned,
}

/// <summary>What verification found.</summary>
/// <param name="Problem">The first problem, <see cref="ChainProblem.None"/> when there is none.</param>
/// <param name="Sequence">Where it is: the first record concerned.</param>
/// <param name="Checked">Records whose links were computed again.</param>
/// <param name="FirstSequence">Number of the first record, 0 when there are none.</param>
/// <param name="LastSequence">Number of the last record.</param>
/// <param name="Erased">Records whose body was erased on purpose; their digests still hold.</param>
/// <param name="Checkpoints">Signatures that hold.</param>
/// <param name="SignedUpTo">The last record that a signature covers.</param>
internal sealed record ChainReport(
    ChainProblem Problem,
    long Sequence,
    long Checked,
    long FirstSequence,
    long LastSequence,
    long Erased,
    int Checkpoints,
    long SignedUpTo)
{
    public bool IsIntact => Problem == ChainProblem.None;
}
