namespace EdgeFilter.Policies.Combining;

/// <summary>A file as it was found.</summary>
/// <param name="Path">Its name as shown to people.</param>
/// <param name="Bytes">What it holds; null when it could not be read.</param>
/// <param name="Failure">Why it could not be read.</param>
public sealed record SourceFile(string Path, ReadOnlyMemory<byte>? Bytes, string Failure = "")
{
    public override string ToString() => Path;
}
