namespace EdgeFilter.Policies.Filtering;

/// <summary>A keyed hash of matched values: the same value gives the same hash, and nobody without the key can test a guess.</summary>
public interface IValueHasher
{
    /// <summary>Hashes what a value says, not how it is written: case, spaces and punctuation do not count.</summary>
    /// <param name="value">The matched text.</param>
    /// <param name="mac">Receives 32 bytes.</param>
    void Hash(ReadOnlySpan<char> value, Span<byte> mac);
}
