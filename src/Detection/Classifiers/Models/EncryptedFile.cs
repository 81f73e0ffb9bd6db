using System.Security.Cryptography;
using System.Text;

namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>
/// A model file encrypted at rest: AES-256-GCM over the whole file, bound to its name so that files can't be exchanged.
/// Layout: "EFMODEL1", 12 bytes nonce, 16 bytes tag, ciphertext.
/// </summary>
internal static class EncryptedFile
{
    /// <summary>Stands behind the name of an encrypted file.</summary>
    public const string Extension = ".enc";

    private const int NonceSize = 12;
    private const int TagSize = 16;
    private static readonly byte[] Mark = "EFMODEL1"u8.ToArray();

    public static int Overhead => Mark.Length + NonceSize + TagSize;

    public static byte[] Encrypt(ReadOnlySpan<byte> plain, string name, ModelKey key)
    {
        var data = new byte[Overhead + plain.Length];
        Mark.CopyTo(data, 0);
        var nonce = data.AsSpan(Mark.Length, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key.Bytes, TagSize);
        aes.Encrypt(nonce, plain, data.AsSpan(Overhead), data.AsSpan(Mark.Length + NonceSize, TagSize), Encoding.UTF8.GetBytes(name));
        return data;
    }

    /// <summary>Decrypts in memory; null when key, name or any byte is not that of the encryption.</summary>
    public static byte[]? Decrypt(ReadOnlySpan<byte> data, string name, ModelKey key)
    {
        if (data.Length < Overhead || !data.StartsWith(Mark))
        {
            return null;
        }

        var plain = new byte[data.Length - Overhead];
        using var aes = new AesGcm(key.Bytes, TagSize);
        try
        {
            aes.Decrypt(
                data.Slice(Mark.Length, NonceSize), data[Overhead..], data.Slice(Mark.Length + NonceSize, TagSize), plain, Encoding.UTF8.GetBytes(name));
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
