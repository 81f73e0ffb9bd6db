using EdgeFilter.Policies.Compilation;

namespace EdgeFilter.Policies.Decisions;

/// <summary>
/// What the system prompt of an exchange says, as hashes of its runs of words: enough to notice that an output repeats it, and
/// nothing to read. Filled while the prompt is judged, read while the output is.
/// </summary>
public sealed class SystemPhrases
{
    // A system prompt is pages, not books; what is longer is watched by its beginning.
    private const int MostPhrases = 100_000;

    private readonly Dictionary<int, HashSet<ulong>> byLength;

    private SystemPhrases(IEnumerable<int> lengths)
    {
        byLength = lengths.Distinct().ToDictionary(l => l, _ => new HashSet<ulong>());
    }

    /// <summary>For the rules of a policy; null when none asks whether the system prompt leaks.</summary>
    public static SystemPhrases? For(CompiledPolicy policy) =>
        policy.LeakLengths.IsEmpty ? null : new SystemPhrases(policy.LeakLengths);

    internal IReadOnlyCollection<int> Lengths => byLength.Keys;

    /// <summary>Adds a text of the system prompt.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        var reader = new PhraseReader(this, isCollecting: true);
        reader.Read(text);
        reader.End();
    }

    internal void Add(int length, ulong phrase)
    {
        if (byLength[length].Count < MostPhrases)
        {
            byLength[length].Add(phrase);
        }
    }

    internal bool Contains(int length, ulong phrase) => byLength[length].Contains(phrase);
}
