using System.Text;
using System.Text.Json;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Reads what <see cref="ChainExport"/> wrote. The file is not trusted: what can't be read is a failed check, not an exception.</summary>
internal sealed class ChainExportSource : IChainSource
{
    private const int MaxLine = RecordJson.MaxLength + 1024;
    private readonly string _path;
    private readonly List<Checkpoint> _checkpoints = [];

    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="InvalidDataException">The file is no export.</exception>
    public ChainExportSource(string path)
    {
        _path = path;
        var first = true;
        foreach (var line in Lines())
        {
            if (first)
            {
                LogId = ReadIdentity(line);
                first = false;
            }
            else if (line.StartsWith("{\"checkpoint\":", StringComparison.Ordinal))
            {
                _checkpoints.Add(ReadCheckpoint(line, LogId));
            }
        }

        if (first)
        {
            throw NoExport();
        }
    }

    public Guid LogId { get; }

    public IReadOnlyList<Checkpoint> Checkpoints => _checkpoints;

    public IEnumerable<ChainEntry> Entries()
    {
        foreach (var line in Lines())
        {
            if (line.StartsWith("{\"sequence\":", StringComparison.Ordinal))
            {
                yield return ReadEntry(line);
            }
        }
    }

    public void Dispose()
    {
        // Each walk opens and closes the file itself.
    }

    private static InvalidDataException NoExport() => new("The file is not an export that 'log export --chain' wrote.");

    private static ChainEntry ReadEntry(string line) => Read(line, entry => new ChainEntry(
        entry.GetProperty("sequence").GetInt64(),
        Hex(entry, "link"),
        entry.TryGetProperty("record", out var record) ? Encoding.UTF8.GetBytes(record.GetRawText()) : null,
        Hex(entry, "erased")));

    private static Checkpoint ReadCheckpoint(string line, Guid logId) => Read(line, checkpoint => new Checkpoint
    {
        LogId = logId,
        Sequence = checkpoint.GetProperty("checkpoint").GetInt64(),
        Kind = (CheckpointKind)checkpoint.GetProperty("kind").GetInt32(),
        Time = DateTimeOffset.FromUnixTimeMilliseconds(checkpoint.GetProperty("time").GetInt64()),
        Link = Hex(checkpoint, "link") is { Length: RecordChain.LinkLength } link ? link : new byte[RecordChain.LinkLength],
        KeyId = checkpoint.GetProperty("key").GetString() ?? "",
        Signature = Hex(checkpoint, "signature"),
    });

    private static Guid ReadIdentity(string line) => Read(line, identity =>
        identity.GetProperty("schema").ValueEquals(ChainExport.Schema) && Guid.TryParseExact(identity.GetProperty("log").GetString(), "N", out var id)
            ? id
            : throw NoExport());

    // A value that isn't hexadecimal is as good as missing: verification reports the place.
    private static byte[] Hex(JsonElement element, string name)
    {
        var text = element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        var bytes = new byte[text.Length / 2];
        return Convert.FromHexString(text, bytes, out _, out var written) == System.Buffers.OperationStatus.Done ? bytes[..written] : [];
    }

    private static T Read<T>(string line, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return read(document.RootElement);
        }
        catch (Exception problem) when (
            problem is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentOutOfRangeException)
        {
            throw NoExport();
        }
    }

    private IEnumerable<string> Lines()
    {
        using var reader = new StreamReader(_path, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > MaxLine)
            {
                throw NoExport();
            }

            yield return line;
        }
    }
}
