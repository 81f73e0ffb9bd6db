using EdgeFilter.Detection.Patterns;

namespace EdgeFilter.Detection.Secrets;

/// <summary>
/// Finds literals of all wanted formats in one search, then confirms by shape, boundaries, entropy, checksum.
/// </summary>
internal sealed class SecretRecogniser : IRecogniser
{
    /// <summary>How far before its literal a token may begin, and how long a word in flight is held for a literal to come.</summary>
    private const int MaxLiteralOffset = 100;

    /// <summary>How far behind a keyword its value may begin.</summary>
    private const int KeywordDistance = 50;

    /// <summary>Fewer characters than this can't show all the entropy that they were drawn with.</summary>
    private const int ShortValue = 20;

    private const int PemMax = 8_192;
    private const int LongestPattern = 8_600;
    private readonly LiteralSearch<SecretType> inRuns;
    private readonly LiteralSearch<SecretType> anywhere;
    private readonly bool searchesRuns;
    private readonly bool searchesAnywhere;
    private readonly SecretType[] bare;
    private readonly int shortestBare;
    private readonly int longestLiteral;

    public SecretRecogniser(IReadOnlyList<SecretType> types)
    {
        // Literals of one character would stop the search everywhere; no type depends on one alone.
        var entries = types.SelectMany(t => t.Literals.Where(l => l.Length >= 2).Select(l => (Literal: l, Type: t))).ToArray();
        bare = [.. types.Where(t => t.Literals.All(l => l.Length < 2))];
        shortestBare = bare.Length == 0 ? int.MaxValue : bare.Min(t => t.Pattern.MinLength);
        inRuns = new LiteralSearch<SecretType>([.. entries.Where(e => e.Type.IsDense)]);
        anywhere = new LiteralSearch<SecretType>([.. entries.Where(e => !e.Type.IsDense)]);
        searchesRuns = bare.Length > 0 || entries.Any(e => e.Type.IsDense);
        searchesAnywhere = entries.Any(e => !e.Type.IsDense);
        longestLiteral = entries.Length == 0 ? 0 : entries.Max(e => e.Literal.Length);
        Reach = new Reach(MaxLiteralOffset + KeywordDistance + longestLiteral + 2, LongestPattern, 1);
    }

    public Reach Reach { get; }

    public void Recognise(in TextWindow window, FindingCollector findings)
    {
        var text = window.Text;
        var from = Math.Max(0, window.From - KeywordDistance - longestLiteral);
        if (searchesAnywhere)
        {
            Search(anywhere, window, from, text.Length, findings);
        }

        if (searchesRuns)
        {
            SearchRuns(window, from, findings);
        }

        if (!window.IsFinal)
        {
            HoldWordInFlight(window, findings);
        }
    }

    /// <summary>Formats of which every value is a long run of printable characters: only such runs, and what stands before them, are searched.</summary>
    private void SearchRuns(in TextWindow window, int from, FindingCollector findings)
    {
        var text = window.Text;

        // A run at the end of an incomplete text may become long.
        var open = window.IsFinal ? text.Length : DenseRuns.LastStart(text);
        var searched = from;
        for (var at = from; at < text.Length;)
        {
            var start = DenseRuns.Next(text, at, out var end);
            if (start < 0 || start > open)
            {
                (start, end) = (Math.Max(at, open), text.Length);
                if (start == end)
                {
                    return;
                }
            }

            RecogniseBare(window, Math.Max(start, window.From), end, findings);
            searched = Math.Max(searched, start - KeywordDistance - longestLiteral);
            SearchRun(window, searched, start, end, findings);
            searched = at = end;
        }
    }

    /// <summary>
    /// Searches a run and what stands before it. A long word's middle is left out: a value begins at the edge of a word, or so far before its
    /// literal or behind its keyword that the edge would be seen from there.
    /// </summary>
    private void SearchRun(in TextWindow window, int from, int start, int end, FindingCollector findings)
    {
        var text = window.Text;
        var shortest = MaxLiteralOffset + KeywordDistance + longestLiteral;
        for (var at = start; TokenWords.NextLong(text, at, end, shortest, out var wordEnd) is >= 0 and var word; at = wordEnd)
        {
            Search(inRuns, window, from, word + MaxLiteralOffset + 1, findings);
            from = wordEnd - KeywordDistance - longestLiteral;
        }

        Search(inRuns, window, from, end, findings);
    }

    private static void Search(LiteralSearch<SecretType> literals, in TextWindow window, int from, int to, FindingCollector findings)
    {
        var words = new WordStarts(window.Text, MaxLiteralOffset);
        var places = literals.Find(window.Text, from, to);
        while (places.MoveNext())
        {
            Confirm(places.Value, window, places.Start, places.Length, ref words, findings);
        }
    }

    /// <summary>Formats without a literal to search for: long words with a digit, settled by their check digits.</summary>
    private void RecogniseBare(in TextWindow window, int from, int to, FindingCollector findings)
    {
        if (bare.Length == 0 || to - from < 1)
        {
            return;
        }

        // A word may have begun before; the others are looked for by their length.
        var text = window.Text;
        var at = from;
        if (from > 0 && TokenWords.Contains(text[from - 1]))
        {
            var first = Math.Max(0, from - MaxLiteralOffset);
            at = RecogniseWord(window, first + text[first..from].LastIndexOfAnyExcept(TokenWords.Characters) + 1, from, findings);
        }

        while (TokenWords.NextLong(text, at, to, shortestBare - 1, out _) is >= 0 and var word)
        {
            at = RecogniseWord(window, word, word, findings);
        }
    }

    /// <summary>Judges the word that begins at a place, if it has a digit behind another place. Returns where it ends.</summary>
    private int RecogniseWord(in TextWindow window, int start, int from, FindingCollector findings)
    {
        var text = window.Text;
        var length = text[from..].IndexOfAnyExcept(TokenWords.Characters);
        var end = length < 0 ? text.Length : from + length;
        var digit = text[from..end].IndexOfAnyInRange('0', '9');

        // So far behind the beginning of the word a digit says nothing of it.
        if (digit >= 0 && from + digit - start <= MaxLiteralOffset && end - start >= shortestBare)
        {
            foreach (var type in bare)
            {
                ConfirmAt(type, window, start, 0, findings);
            }
        }

        return end;
    }

    private static void Confirm(
        SecretType type, in TextWindow window, int literalAt, int literalLength, ref WordStarts words, FindingCollector findings)
    {
        if (type.IsPem)
        {
            PrivateKeyBlock.Recognise(type.Info, window, literalAt, PemMax, findings);
        }
        else if (type.Binding == SecretBinding.Keyword)
        {
            ConfirmBehindKeyword(type, window, literalAt, literalAt + literalLength, findings);
        }
        else
        {
            ConfirmAt(type, window, literalAt, literalLength, findings);
            if (words.Before(literalAt) is var start && start < literalAt)
            {
                // The literal may stand inside the token.
                ConfirmAt(type, window, start, 0, findings);

                // Or inside an assignment.
                if (TokenStart(window.Text, literalAt) is var token && token > start && token < literalAt)
                {
                    ConfirmAt(type, window, token, 0, findings);
                }
            }
        }
    }

    private static int TokenStart(ReadOnlySpan<char> text, int at)
    {
        var start = at;
        while (start > 0 && at - start < MaxLiteralOffset && TokenWords.Contains(text[start - 1]))
        {
            start--;
        }

        return start;
    }

    private static void ConfirmBehindKeyword(SecretType type, in TextWindow window, int keywordAt, int from, FindingCollector findings)
    {
        var text = window.Text;
        var end = Math.Min(text.Length, from + KeywordDistance);
        for (var start = from; start < end; start++)
        {
            if (TokenWords.Contains(text[start]) && !TokenWords.Contains(text[start - 1]) && !SecretLabel.SaysOtherwise(text, from, start))
            {
                ConfirmAt(type, window, start, 0, findings);
            }
            else if (text[start] == '\n' && text.Slice(from, start - from).IndexOfAnyExcept(' ', '\r', '\t') >= 0)
            {
                // The value stands on the keyword's line, or at the beginning of the next.
                end = Math.Min(end, start + 2);
            }
        }
    }

    private static void ConfirmAt(SecretType type, in TextWindow window, int start, int literalLength, FindingCollector findings)
    {
        var text = window.Text;
        if ((start < window.From && !type.ReportsValueAlone) || !TokenWords.MayBegin(text, start))
        {
            return;
        }

        var matched = type.Pattern.Match(text, start, out var length, out var alive);
        if (!window.IsFinal && (alive || (matched && start + length == text.Length)))
        {
            // What is reported may begin behind the label: an earlier call may have judged the label already.
            findings.Hold(Math.Max(start, window.From));
            return;
        }

        if (!matched || length == 0)
        {
            return;
        }

        var end = start + length;
        if (type.Binding != SecretBinding.Structure && end < text.Length && TokenWords.Contains(text[end]) && TokenWords.Contains(text[end - 1]))
        {
            return;
        }

        var token = text.Slice(start, length);
        var value = ValueOf(type, token);
        var variable = literalLength > 0 && !type.IsGeneric && value.Length == length ? token[literalLength..] : value;
        if (type.IsGeneric && SecretLabel.IsCode(text, end - value.Length, end))
        {
            return;
        }

        if (end - value.Length >= window.From && ConfidenceOf(type, token, variable) is > 0 and var confidence)
        {
            findings.Add(type.Info, end - value.Length, value.Length, confidence);
        }
    }

    private static float ConfidenceOf(SecretType type, ReadOnlySpan<char> token, ReadOnlySpan<char> variable)
    {
        if (SecretChecksum.Holds(type.Checksum, token) is { } holds)
        {
            // Formats are revised: a failing check lowers, it does not clear.
            return holds ? Confidence.ChecksumAndContext : type.Binding == SecretBinding.Prefix ? Confidence.StrictPattern : 0;
        }

        var weak = type.Binding == SecretBinding.Keyword || type.IsGeneric;
        var told = type.Binding == SecretBinding.Structure && !type.IsGeneric ? SecretValue.PasswordIn(token) : variable;
        if (SecretValue.IsPlaceholder(told, strict: weak || told.Length < token.Length)
            || (type.Info.Id == "curl-user" && token.Contains("://", StringComparison.Ordinal))
            || (type.Info.Id == "aws-access-key-id" && token.EndsWith("EXAMPLE", StringComparison.Ordinal))
            || (variable.Length >= 8 && SecretValue.Entropy(variable) < type.MinEntropy - (variable.Length < ShortValue ? 0.5f : 0)))
        {
            return 0;
        }

        if (weak && (SecretValue.IsWord(variable) || (type.MinEntropy >= 3 && type.HasDigits && !SecretValue.HasDigit(variable))))
        {
            return 0;
        }

        return type.IsLowSeverity ? Confidence.WeakPattern
            : type.Binding switch
            {
                SecretBinding.Prefix => Confidence.StrongChecksum,
                SecretBinding.Structure when !type.IsGeneric => Confidence.StrongChecksum,
                _ => Confidence.StrictPatternAndContext,
            };
    }

    /// <summary>The part of an assignment or header that is the secret; elsewhere the whole match.</summary>
    private static ReadOnlySpan<char> ValueOf(SecretType type, ReadOnlySpan<char> token)
    {
        if (type.IsHeader)
        {
            return token[(token.LastIndexOfAny(' ', '\t') + 1)..];
        }

        if (!type.IsGeneric)
        {
            return token;
        }

        var assigned = token.IndexOfAny(':', '=');
        return assigned < 0 ? token : token[(assigned + 1)..].TrimStart(" =>\t\r\n\"'`");
    }

    /// <summary>The word at the end may be the beginning of anything: its literal may still come.</summary>
    private static void HoldWordInFlight(in TextWindow window, FindingCollector findings)
    {
        var text = window.Text;
        var start = text.Length;
        while (start > window.From && text.Length - start <= MaxLiteralOffset && !char.IsWhiteSpace(text[start - 1]))
        {
            start--;
        }

        // A longer word is past the place where a literal could make its beginning a secret's; its later parts may still begin one.
        if (start < text.Length)
        {
            findings.Hold(text.Length - start > MaxLiteralOffset ? text.Length - MaxLiteralOffset : start);
        }
    }
}
