using System.Collections.Frozen;

namespace EdgeFilter.Detection.Secrets;

/// <summary>What stands right around a value and shows it to be no secret, although a provider is named near by.</summary>
internal static class SecretLabel
{
    private const int LongestLabel = 24;

    // Names of hashes and versions, which look as random as keys.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Others = new[]
    {
        "commit", "commits", "sha", "sha1", "sha256", "sha512", "md5", "rev", "revision", "hash", "digest", "checksum", "etag", "tree", "blob",
        "parent", "integrity", "ref", "head", "fingerprint", "thumbprint", "uuid", "guid",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether the value has a label of its own that names something else, or is part of an address.</summary>
    /// <param name="text">The text.</param>
    /// <param name="keywordEnd">Where the provider's name ends.</param>
    /// <param name="start">Where the value begins, behind it.</param>
    public static bool SaysOtherwise(ReadOnlySpan<char> text, int keywordEnd, int start)
    {
        if (start > keywordEnd && text[start - 1] is '/' or '@' or '#')
        {
            return true;
        }

        var end = start;
        while (end > keywordEnd && text[end - 1] is ' ' or '\t' or '"' or '\'' or '=' or ':' or '>')
        {
            end--;
        }

        var first = end;
        while (first > keywordEnd && end - first < LongestLabel && char.IsAsciiLetterOrDigit(text[first - 1]))
        {
            first--;
        }

        return end > first && end < start && Others.Contains(text[first..end]);
    }

    /// <summary>Whether what is assigned is a call or an element of something, and not a text.</summary>
    public static bool IsCode(ReadOnlySpan<char> text, int start, int end)
    {
        if (start > 0 && text[start - 1] is '"' or '\'' or '`')
        {
            return false;
        }

        var value = text[start..end];
        var bracket = value.IndexOfAny('(', '[');
        if (bracket < 0 && !(end < text.Length && text[end] is '(' or '['))
        {
            return false;
        }

        // Passwords have brackets too: what goes before must read as a name of a program's.
        var name = bracket < 0 ? value : value[..bracket];
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '$'))
            {
                return false;
            }
        }

        return name.Length > 1 && (name.ContainsAny('_', '.') || !name.ContainsAnyInRange('0', '9'));
    }
}
