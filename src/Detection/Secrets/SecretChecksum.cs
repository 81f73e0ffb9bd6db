using System.Buffers.Text;
using System.Text;
using EdgeFilter.Detection.Checksums;

namespace EdgeFilter.Detection.Secrets;

/// <summary>Checks that some providers build into their tokens.</summary>
internal static class SecretChecksum
{
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <returns>Null when there is no such check for this value; otherwise whether it holds.</returns>
    public static bool? Holds(string checksum, ReadOnlySpan<char> token) => checksum switch
    {
        "crc32-base62" => token.LastIndexOf('_') is var underscore && token.Length - underscore - 1 == 36 ? Crc32Base62(token[(underscore + 1)..]) : null,
        "jwt-header" => JwtHeader(token),
        "basic-user" => BasicUser(token),
        "base58check" => Base58.IsValid(token, Base58.Bitcoin, out _, out _),
        _ => null,
    };

    // GitHub's and npm's tokens: six base62 digits of the CRC-32 of the thirty characters before them.
    private static bool Crc32Base62(ReadOnlySpan<char> body)
    {
        Span<byte> bytes = stackalloc byte[30];
        if (Encoding.ASCII.GetBytes(body[..30], bytes) != 30)
        {
            return false;
        }

        var crc = Crc.Crc32(bytes);
        for (var i = 35; i >= 30; i--)
        {
            if (body[i] != Base62[(int)(crc % 62)])
            {
                return false;
            }

            crc /= 62;
        }

        return true;
    }

    private static bool JwtHeader(ReadOnlySpan<char> token)
    {
        var dot = token.IndexOf('.');
        if (dot is <= 0 or > 1_024)
        {
            return false;
        }

        Span<byte> json = stackalloc byte[1_024];
        return Base64Url.IsValid(token[..dot]) && Base64Url.TryDecodeFromChars(token[..dot], json, out var length)
            && (json[..length].IndexOf("\"alg\""u8) >= 0 || json[..length].IndexOf("\"enc\""u8) >= 0);
    }

    private static bool BasicUser(ReadOnlySpan<char> header)
    {
        var start = header.LastIndexOfAny(' ', '\t') + 1;
        Span<byte> text = stackalloc byte[512];
        return header.Length - start <= 600
            && Convert.TryFromBase64Chars(header[start..], text, out var length)
            && text[..length].IndexOf((byte)':') > 0;
    }
}
