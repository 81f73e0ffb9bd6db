namespace EdgeFilter.Proxy.BlockLog;

/// <summary>One link of a stored chain.</summary>
/// <param name="Sequence">The record's number.</param>
/// <param name="Link">The stored link.</param>
/// <param name="Body">The record's bytes, null once erased.</param>
/// <param name="Digest">The body's digest, kept when the body was erased.</param>
internal readonly record struct ChainEntry(long Sequence, byte[] Link, byte[]? Body, byte[]? Digest);
