using System.IO.Hashing;
using System.Text;

namespace EdgeFilter.Proxy.Simulation;

/// <summary>
/// Personal data and credentials that look right to a detector and belong to nobody: documented test values, reserved domains
/// and numbers, and a token with a correct checksum that no service ever issued.
/// </summary>
internal static class SyntheticValues
{
    /// <summary>RFC 2606 reserves example.com.</summary>
    public const string EmailAddress = "maria.santos@example.com";

    /// <summary>The card networks' documented test number; it passes Luhn and no bank issues it.</summary>
    public const string PaymentCard = "4111 1111 1111 1111";

    /// <summary>The German sample of the IBAN registry (ISO 13616).</summary>
    public const string Iban = "DE89 3704 0044 0532 0130 00";

    /// <summary>The specimen number printed on sample Spanish identity cards.</summary>
    public const string SpanishNif = "12345678Z";

    /// <summary>A GitHub token in shape and checksum: "ghp_", 30 characters, CRC-32 of them in base 62.</summary>
    public static string ApiKey { get; } = GitHubToken("EdgeFilterSimulation0NotAToken");

    /// <summary>What the simulated provider answers to <c>leak</c>: each value once, in ordinary sentences.</summary>
    public static string Leak { get; } =
        $"Here is the customer's record. E-mail: {EmailAddress}. Card number: {PaymentCard}. IBAN: {Iban}. " +
        $"NIF: {SpanishNif}. The deployment used the API key {ApiKey} yesterday. That is all I found.";

    private static string GitHubToken(string body)
    {
        const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        var rest = Crc32.HashToUInt32(Encoding.ASCII.GetBytes(body));
        Span<char> checksum = stackalloc char[6];
        for (var i = checksum.Length - 1; i >= 0; i--)
        {
            checksum[i] = Digits[(int)(rest % 62)];
            rest /= 62;
        }

        return $"ghp_{body}{checksum}";
    }
}
