namespace EdgeFilter.Policies.Decisions;

/// <summary>
/// Reads a text word by word, in pieces cut anywhere, and hashes every run of so many words. Letters and digits make words,
/// without regard to case; in scripts without spaces every character is one.
/// </summary>
internal sealed class PhraseReader(SystemPhrases phrases, bool isCollecting)
{
    private const ulong Seed = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    private readonly ulong[] lastWords = new ulong[phrases.Lengths.Max()];
    private readonly HashSet<int> repeated = [];
    private long words;
    private ulong word = Seed;
    private bool isInWord;

    /// <summary>True when the text so far repeats so many words in a row.</summary>
    public bool Repeats(int length) => repeated.Contains(length);

    public void Read(ReadOnlySpan<char> piece)
    {
        foreach (var c in piece)
        {
            if (!char.IsLetterOrDigit(c))
            {
                End();
                continue;
            }

            if (IsWordByItself(c))
            {
                End();
            }

            word = (word ^ char.ToLowerInvariant(c)) * Prime;
            isInWord = true;
            if (IsWordByItself(c))
            {
                End();
            }
        }
    }

    /// <summary>Says that the word in flight is complete.</summary>
    public void End()
    {
        if (!isInWord)
        {
            return;
        }

        lastWords[words % lastWords.Length] = word;
        words++;
        word = Seed;
        isInWord = false;
        foreach (var length in phrases.Lengths)
        {
            if (words < length)
            {
                continue;
            }

            var phrase = Seed;
            for (var i = words - length; i < words; i++)
            {
                phrase = (phrase ^ lastWords[i % lastWords.Length]) * Prime;
            }

            if (isCollecting)
            {
                phrases.Add(length, phrase);
            }
            else if (phrases.Contains(length, phrase))
            {
                repeated.Add(length);
            }
        }
    }

    // Han, kana, Thai, Lao, Khmer, Burmese: written without spaces.
    private static bool IsWordByItself(char c) => c is >= '\u3040' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF' or >= '\u0E00' and <= '\u0EFF' or >= '\u1000' and <= '\u109F' or >= '\u1780' and <= '\u17FF';
}
