namespace EdgeFilter.Proxy.Bodies.Coding;

/// <summary>A content coding that can be undone here.</summary>
internal enum ContentCoding
{
    Identity,
    Gzip,
    Deflate,
    Brotli,
    Zstandard,
}
