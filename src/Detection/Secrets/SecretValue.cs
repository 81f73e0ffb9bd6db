namespace EdgeFilter.Detection.Secrets;

/// <summary>What tells a real value from a placeholder.</summary>
internal static class SecretValue
{
    private static readonly string[] AlwaysPlaceholder = ["xxxxxx", "******", "......", "changeme", "<your", "{{", "${", "$(", "%env", "process.env", "os.environ"];

    private static readonly string[] GenericPlaceholder =
        ["example", "change_me", "change-me", "your_", "your-", "yourapi", "placeholder", "dummy", "sample", "redacted", "password", "passwd", "secret", "insert", "none", "null", "undefined", "true", "false"];

    /// <summary>Shannon entropy in bits per character.</summary>
    public static float Entropy(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty)
        {
            return 0;
        }

        Span<ushort> counts = stackalloc ushort[128];
        counts.Clear();
        foreach (var c in value)
        {
            counts[c & 127]++;
        }

        var bits = 0f;
        foreach (var count in counts)
        {
            if (count > 0)
            {
                var share = (float)count / value.Length;
                bits -= share * MathF.Log2(share);
            }
        }

        return bits;
    }

    /// <summary>The part of a connection string or URL that is the password; the whole of anything else.</summary>
    public static ReadOnlySpan<char> PasswordIn(ReadOnlySpan<char> token)
    {
        var scheme = token.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0)
        {
            var authority = token[(scheme + 3)..];
            var at = authority.IndexOf('@');
            var colon = at < 0 ? -1 : authority[..at].IndexOf(':');
            return colon < 0 ? token : authority[(colon + 1)..at];
        }

        var label = Math.Max(token.LastIndexOf("Password=", StringComparison.OrdinalIgnoreCase), token.LastIndexOf("Pwd=", StringComparison.OrdinalIgnoreCase));
        return label < 0 ? token : token[(token[label..].IndexOf('=') + label + 1)..];
    }

    /// <summary>True for what people write where a secret would stand.</summary>
    /// <param name="value">The value without its prefix.</param>
    /// <param name="strict">True where the shape alone says little: then the usual example words count too.</param>
    public static bool IsPlaceholder(ReadOnlySpan<char> value, bool strict)
    {
        foreach (var word in AlwaysPlaceholder)
        {
            if (value.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        if (IsRun(value))
        {
            return true;
        }

        if (!strict)
        {
            return false;
        }

        foreach (var word in GenericPlaceholder)
        {
            if (value.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return value is ['<', .., '>'] or ['[', .., ']'] or ['$', ..] or ['%', .., '%'];
    }

    /// <summary>The same character over and over, or the alphabet or the digits in order.</summary>
    private static bool IsRun(ReadOnlySpan<char> value)
    {
        if (value.Length < 6)
        {
            return false;
        }

        var steps = 0;
        for (var i = 1; i < value.Length; i++)
        {
            var step = value[i] - value[i - 1];
            steps += step is 0 or 1 || (value[i] == '0' && value[i - 1] == '9') ? 1 : 0;
        }

        return steps >= (value.Length - 1) * 9 / 10;
    }

    public static bool HasDigit(ReadOnlySpan<char> value) => value.IndexOfAnyInRange('0', '9') >= 0;

    /// <summary>Only small letters: a word, not a password that anyone could tell from one.</summary>
    public static bool IsWord(ReadOnlySpan<char> value) => value.IndexOfAnyExceptInRange('a', 'z') < 0 || value.IndexOfAnyExceptInRange('A', 'Z') < 0
        || (char.IsAsciiLetterUpper(value[0]) && value[1..].IndexOfAnyExceptInRange('a', 'z') < 0);
}
