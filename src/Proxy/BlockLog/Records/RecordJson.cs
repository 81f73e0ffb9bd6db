using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeFilter.Policies;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>A record's one canonical form: compact UTF-8 JSON, properties in declared order. What is stored is what is hashed.</summary>
internal static class RecordJson
{
    /// <summary>Longer than any record within its bounds; a stored body above it is damage, not data.</summary>
    public const int MaxLength = 256 * 1024;

    public static byte[] Serialize(BlockRecord record) =>
        JsonSerializer.SerializeToUtf8Bytes(record, RecordJsonContext.Default.BlockRecord);

    /// <summary>Reads a stored body; null when it isn't a record this version can read.</summary>
    public static BlockRecord? Parse(ReadOnlySpan<byte> body)
    {
        if (body.Length is 0 or > MaxLength)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(body, RecordJsonContext.Default.BlockRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Enums as policies spell them: <c>tool-result</c>, <c>block</c>.</summary>
internal sealed class KebabEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters =
    [
        typeof(KebabEnumConverter<Direction>), typeof(KebabEnumConverter<SegmentRole>),
        typeof(KebabEnumConverter<PolicyAction>), typeof(KebabEnumConverter<Severity>),
    ])]
[JsonSerializable(typeof(BlockRecord))]
internal sealed partial class RecordJsonContext : JsonSerializerContext;
