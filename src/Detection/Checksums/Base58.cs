using System.Security.Cryptography;

namespace EdgeFilter.Detection.Checksums;

/// <summary>Base58 with four check bytes, the first of the doubled SHA-256 of what precedes them.</summary>
internal static class Base58
{
    /// <summary>Bitcoin's alphabet, which most others took over.</summary>
    public const string Bitcoin = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    public const string Ripple = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

    // Longest of the forms that are checked: Monero and extended keys are not.
    private const int MaxBytes = 96;

    /// <summary>Decodes and checks; false for foreign characters, a wrong check sum or more than 92 bytes of payload.</summary>
    /// <param name="text">The address.</param>
    /// <param name="alphabet">58 characters, worth 0 to 57.</param>
    /// <param name="version">The first byte of the payload.</param>
    /// <param name="payloadLength">Bytes before the check sum, version included.</param>
    public static bool IsValid(ReadOnlySpan<char> text, string alphabet, out byte version, out int payloadLength)
    {
        version = 0;
        payloadLength = 0;
        Span<byte> bytes = stackalloc byte[MaxBytes];
        if (!TryDecode(text, alphabet, bytes, out var length) || length < 5)
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(bytes[..(length - 4)], hash);
        SHA256.HashData(hash, hash);
        version = bytes[0];
        payloadLength = length - 4;
        return hash[..4].SequenceEqual(bytes[(length - 4)..length]);
    }

    private static bool TryDecode(ReadOnlySpan<char> text, string alphabet, Span<byte> bytes, out int length)
    {
        length = 0;
        if (text.Length > MaxBytes)
        {
            return false;
        }

        // Little-endian while it grows, reversed at the end.
        foreach (var c in text)
        {
            var carry = alphabet.IndexOf(c, StringComparison.Ordinal);
            if (carry < 0)
            {
                return false;
            }

            for (var i = 0; i < length; i++)
            {
                carry += bytes[i] * 58;
                bytes[i] = (byte)carry;
                carry >>= 8;
            }

            while (carry > 0)
            {
                bytes[length++] = (byte)carry;
                carry >>= 8;
            }
        }

        foreach (var c in text)
        {
            if (c != alphabet[0])
            {
                break;
            }

            bytes[length++] = 0;
        }

        bytes[..length].Reverse();
        return true;
    }
}
