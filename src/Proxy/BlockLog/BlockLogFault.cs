namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Why the log can't be written.</summary>
internal enum BlockLogFault
{
    None,
    DiskFull,
    ReadOnly,

    /// <summary>The file or its folder is gone, or the server can't be reached.</summary>
    Missing,
    Corrupt,

    /// <summary>Locked by another writer, or an input/output error that names nothing better.</summary>
    Unavailable,

    /// <summary>The proxy is stopping.</summary>
    Closed,

    /// <summary>A newer version wrote the file.</summary>
    NewerSchema,
}

internal static class BlockLogFaults
{
    /// <summary>What an operator does about it, in one sentence.</summary>
    public static string Advice(this BlockLogFault fault) => fault switch
    {
        BlockLogFault.None => "",
        BlockLogFault.DiskFull => "The log's volume is full: free space on it or move BlockLog:Path; writing resumes by itself.",
        BlockLogFault.ReadOnly => "The log can't be written: check the file's owner, its permissions and whether the volume is mounted read-only.",
        BlockLogFault.Missing => "The log is gone: check that BlockLog:Path exists and its volume is mounted.",
        BlockLogFault.Corrupt => "The log's file is damaged: keep a copy for inspection, run 'log verify', then point BlockLog:Path to a new file.",
        BlockLogFault.Unavailable => "The log doesn't answer: check that no other process writes to it and that its volume works.",
        BlockLogFault.Closed => "The proxy is stopping.",
        BlockLogFault.NewerSchema => "A newer version of the proxy wrote this log: start that version, or point BlockLog:Path to a new file.",
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}
