namespace EdgeFilter.Policies.Validation;

/// <summary>Finds what an author probably meant.</summary>
internal static class NearestName
{
    // What other products call things.
    private static readonly Dictionary<string, string[]> Synonyms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["input"] = ["prompt"],
        ["request"] = ["prompt"],
        ["response"] = ["output"],
        ["completion"] = ["output"],
        ["answer"] = ["output"],
        ["deny"] = ["block"],
        ["reject"] = ["block"],
        ["refuse"] = ["block"],
        ["anonymize"] = ["pseudonymise", "redact"],
        ["pseudonymize"] = ["pseudonymise"],
        ["tokenize"] = ["pseudonymise"],
        ["remove"] = ["redact"],
        ["replace"] = ["redact"],
        ["monitor"] = ["log"],
        ["audit"] = ["log"],
        ["report"] = ["log"],
        ["permit"] = ["allow"],
        ["pass"] = ["allow"],
        ["action"] = ["then"],
        ["match"] = ["find"],
        ["when"] = ["find"],
        ["direction"] = ["in"],
        ["directions"] = ["in"],
        ["role"] = ["from"],
        ["roles"] = ["from"],
        ["message"] = ["say"],
        ["reason"] = ["why"],
        ["legal-basis"] = ["why"],
        ["threshold"] = ["at-least"],
        ["confidence"] = ["at-least"],
        ["name"] = ["policy", "id", "PERSON"],
        ["inherits"] = ["extends"],
        ["exceptions"] = ["except"],
        ["tool"] = ["tool-result"],
        ["function"] = ["tool-result"],
        ["replacement"] = ["replace-with"],
        ["EMAIL"] = ["EMAIL_ADDRESS"],
        ["PHONE"] = ["PHONE_NUMBER"],
        ["SSN"] = ["US_SSN"],
        ["IBAN"] = ["IBAN_CODE"],
        ["PASSPORT"] = ["US_PASSPORT"],
        ["human"] = ["user"],
        ["customer"] = ["user"],
        ["model"] = ["assistant"],
        ["assistant"] = ["model"],
        ["warn"] = ["log"],
        ["alert"] = ["log"],
        ["anonymise"] = ["pseudonymise", "redact"],
        ["strip"] = ["redact"],
        ["urgent"] = ["critical"],
        ["severe"] = ["critical"],
        ["all"] = ["everyone"],
        ["everybody"] = ["everyone"],
        ["any"] = ["everyone"],
        ["entity"] = ["entities"],
        ["class"] = ["classes"],
        ["country"] = ["countries"],
        ["dictionary"] = ["dictionaries"],
        ["region"] = ["regions"],
        ["words"] = ["dictionaries"],
        ["keywords"] = ["dictionaries"],
        ["keyword"] = ["dictionaries"],
        ["terms"] = ["dictionaries"],
        ["phrases"] = ["dictionaries"],
        ["and"] = ["all"],
        ["or"] = ["any"],
        ["not"] = ["none"],
        ["except"] = ["none"],
        ["if"] = ["find"],
        ["type"] = ["entities"],
        ["types"] = ["entities"],
        ["size"] = ["longer-than"],
        ["max-length"] = ["longest-prompt"],
        ["pdf"] = ["file"],
        ["document"] = ["retrieved", "file"],
        ["documents"] = ["file"],
        ["picture"] = ["image"],
        ["images"] = ["image"],
        ["files"] = ["file"],
        ["sound"] = ["audio"],
        ["UK"] = ["GB"],
        ["regex"] = ["pattern", "patterns"],
        ["regexp"] = ["pattern", "patterns"],
        ["monday"] = ["mon"],
        ["tuesday"] = ["tue"],
        ["wednesday"] = ["wed"],
        ["thursday"] = ["thu"],
        ["friday"] = ["fri"],
        ["saturday"] = ["sat"],
        ["sunday"] = ["sun"],
        ["ignore"] = ["allow"],
        ["continue"] = ["allow"],
        ["open"] = ["allow"],
        ["closed"] = ["block"],
        ["realtime"] = ["immediate"],
        ["buffered"] = ["whole"],
        ["EUROPE"] = ["EU"],
    };

    // Names are short; a hostile key of a megabyte must not cost a megabyte squared.
    private const int LongestName = 80;

    /// <summary><c> Did you mean 'x'?</c>, or nothing when no known name is near.</summary>
    public static string Hint(string written, IEnumerable<string> known) =>
        Find(written, known) is { } name ? $" Did you mean '{name}'?{Odd(written, name)}" : "";

    public static string? Find(string written, IEnumerable<string> known)
    {
        if (written.Length is 0 or > LongestName)
        {
            return null;
        }

        if (Synonyms.TryGetValue(written, out var meant) && meant.FirstOrDefault(known.Contains) is { } synonym)
        {
            return synonym;
        }

        var folded = Fold(written);
        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var name in known)
        {
            if (name.Length > LongestName)
            {
                continue;
            }

            var candidate = Fold(name);
            var distance = candidate == folded ? 0 : Distance(folded, candidate, LargestDistance(folded));
            if (distance < bestDistance || (distance == bestDistance && best is not null && string.CompareOrdinal(name, best) < 0))
            {
                (best, bestDistance) = (name, distance);
            }
        }

        return bestDistance <= LargestDistance(folded) ? best : SharedWord(folded, known);
    }

    /// <summary>Names a character that looks like another one, or like nothing: the two words look alike on the screen.</summary>
    public static string Odd(string written, string meant)
    {
        var odd = written.FirstOrDefault(c => c > '~' && !meant.Contains(c, StringComparison.Ordinal));
        return odd == default ? "" : $" It is written with the character U+{(int)odd:X4}.";
    }

    // "CREDITCARD", "credit-card" and "Credit_Card" are the same attempt.
    private static string Fold(string name) =>
        string.Concat(name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));

    private static int LargestDistance(string folded) => 2 * (folded.Length < 4 ? 1 : Math.Max(2, folded.Length / 3));

    // "CARD" for CREDIT_CARD, "NIF" for ES_NIF: a whole word of exactly one known name.
    private static string? SharedWord(string folded, IEnumerable<string> known)
    {
        if (folded.Length < 3)
        {
            return null;
        }

        var sharing = known
            .Where(n => n.Split('_', '-', '.').Any(word => string.Equals(word, folded, StringComparison.OrdinalIgnoreCase)))
            .Take(2)
            .ToArray();
        return sharing.Length == 1 ? sharing[0] : null;
    }

    /// <summary><c> Those with this word: …</c>: a few names that share a word with what was written.</summary>
    public static string WithWord(string written, IEnumerable<string> known)
    {
        var word = Fold(written);
        var sharing = word.Length < 3 ? [] : known.Where(n => n.Length <= LongestName && n.Split('_', '-', '.').Contains(word, StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).Take(8).ToArray();
        return sharing.Length > 1 ? $" Those with this word: {string.Join(", ", sharing)}." : "";
    }

    // Optimal string alignment: insertions, deletions and substitutions cost 2, swapped neighbours, the likeliest slip, 1.
    private static int Distance(string a, string b, int limit)
    {
        if (2 * Math.Abs(a.Length - b.Length) > limit)
        {
            return int.MaxValue;
        }

        Span<int> before = stackalloc int[b.Length + 1];
        Span<int> previous = stackalloc int[b.Length + 1];
        Span<int> current = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            previous[j] = 2 * j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = 2 * i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 2;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 2, previous[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
                }
            }

            var oldest = before;
            before = previous;
            previous = current;
            current = oldest;
        }

        return previous[b.Length];
    }
}
