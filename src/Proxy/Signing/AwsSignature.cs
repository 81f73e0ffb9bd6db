using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EdgeFilter.Proxy.Signing;

/// <summary>AWS Signature Version 4 over a whole request.</summary>
/// <remarks>
/// Source: AWS, "Create a signed AWS API request" (canonical request, string to sign, derived key). Every service but S3 has the path
/// escaped a second time in the canonical request.
/// </remarks>
internal sealed class AwsSignature(AwsCredentials credentials, string region, string service)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>The headers to add to a request, in place of any it has of these names.</summary>
    /// <param name="path">As it goes over the wire, escaped once.</param>
    /// <param name="query">In canonical order and escaped, without the question mark.</param>
    /// <param name="headers">Headers to sign beside those that are added: at least <c>host</c>. Names in lower case.</param>
    /// <param name="contentHash">Of the body, see <see cref="HashOf"/>.</param>
    /// <param name="sendHash">True to send the body's hash as a header of its own.</param>
    public IReadOnlyList<KeyValuePair<string, string>> Sign(
        string method, string path, string query, IEnumerable<KeyValuePair<string, string>> headers, string contentHash, DateTimeOffset now, bool sendHash = true)
    {
        var time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var added = new List<KeyValuePair<string, string>> { new("x-amz-date", time) };
        if (credentials.SessionToken is { } token)
        {
            added.Add(new("x-amz-security-token", token));
        }

        if (sendHash)
        {
            added.Add(new("x-amz-content-sha256", contentHash));
        }

        var signed = headers.Concat(added).OrderBy(h => h.Key, StringComparer.Ordinal).ToArray();
        var names = string.Join(';', signed.Select(h => h.Key));
        var canonical = new StringBuilder()
            .Append(method).Append('\n')
            .Append(AwsPathOf(path)).Append('\n')
            .Append(query).Append('\n');
        foreach (var (name, value) in signed)
        {
            canonical.Append(name).Append(':').Append(Squeeze(value)).Append('\n');
        }

        canonical.Append('\n').Append(names).Append('\n').Append(contentHash);

        var scope = $"{time[..8]}/{region}/{service}/aws4_request";
        var toSign = $"{Algorithm}\n{time}\n{scope}\n{HashOf(Encoding.UTF8.GetBytes(canonical.ToString()))}";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(KeyFor(time[..8]), Encoding.UTF8.GetBytes(toSign)));
        added.Add(new("Authorization", $"{Algorithm} Credential={credentials.AccessKeyId}/{scope}, SignedHeaders={names}, Signature={signature}"));
        return added;
    }

    /// <summary>SHA-256 in hex.</summary>
    public static string HashOf(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));

    private static string AwsPathOf(string path) => path.Length == 0 ? "/" : string.Join('/', path.Split('/').Select(AwsPath.EscapeText));

    // Runs of spaces count as one in the canonical request.
    private static string Squeeze(string value) => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private byte[] KeyFor(string date)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + credentials.SecretAccessKey);
        foreach (var part in new[] { date, region, service, "aws4_request" })
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return key;
    }
}
