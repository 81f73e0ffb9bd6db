using System.Text;
using System.Text.Json;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Reads records from an export: JSON lines, with the chain's links or without. The file is not trusted.</summary>
internal static class RecordLines
{
    /// <exception cref="InvalidDataException">A line is longer than any record; other lines that hold none are passed over.</exception>
    public static IEnumerable<BlockRecord> Read(string path)
    {
        using var reader = new StreamReader(path, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > RecordJson.MaxLength + 1024)
            {
                throw new InvalidDataException("The file is not an export of the block log.");
            }

            if (Parse(line) is { } record)
            {
                yield return record;
            }
        }
    }

    private static BlockRecord? Parse(string line)
    {
        if (!line.StartsWith("{\"sequence\":", StringComparison.Ordinal))
        {
            return RecordJson.Parse(Encoding.UTF8.GetBytes(line));
        }

        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.TryGetProperty("record", out var record) ? RecordJson.Parse(Encoding.UTF8.GetBytes(record.GetRawText())) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
