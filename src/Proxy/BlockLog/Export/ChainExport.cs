using System.Globalization;
using System.Text;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Writes a log with its links and checkpoints as JSON lines, so that the copy can be verified away from the log.</summary>
internal static class ChainExport
{
    public const string Schema = "edgefilter.log-export/1";

    /// <summary>Writes every line: the log's identity, each record with its link, and the checkpoints.</summary>
    /// <returns>How many records were written.</returns>
    public static long Write(IChainSource source, TextWriter output, CancellationToken cancellationToken)
    {
        output.Write($"{{\"schema\":\"{Schema}\",\"log\":\"{source.LogId:N}\"}}\n");
        var count = 0L;
        foreach (var entry in source.Entries())
        {
            cancellationToken.ThrowIfCancellationRequested();
            output.Write($"{{\"sequence\":{Number(entry.Sequence)},\"link\":\"{Convert.ToHexStringLower(entry.Link)}\",");

            // The stored bytes themselves, not a rewriting: they are what the link covers.
            output.Write(entry.Body is not null
                ? $"\"record\":{Encoding.UTF8.GetString(entry.Body)}}}\n"
                : $"\"erased\":\"{Convert.ToHexStringLower(entry.Digest ?? [])}\"}}\n");
            count++;
        }

        foreach (var checkpoint in source.Checkpoints)
        {
            output.Write(
                $"{{\"checkpoint\":{Number(checkpoint.Sequence)},\"kind\":{(int)checkpoint.Kind}," +
                $"\"time\":{Number(checkpoint.Time.ToUnixTimeMilliseconds())},\"link\":\"{Convert.ToHexStringLower(checkpoint.Link)}\"," +
                $"\"key\":\"{checkpoint.KeyId}\",\"signature\":\"{Convert.ToHexStringLower(checkpoint.Signature)}\"}}\n");
        }

        return count;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
