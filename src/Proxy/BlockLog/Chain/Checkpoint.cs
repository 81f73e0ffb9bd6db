using System.Buffers.Binary;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Why a checkpoint was signed.</summary>
internal enum CheckpointKind : byte
{
    /// <summary>Up to here the log was so at that time.</summary>
    Tip = 1,

    /// <summary>Retention removed everything up to and including this record; the log now begins behind it.</summary>
    Trimmed = 2,

    /// <summary>The body of this one record was erased on purpose; its digest keeps the chain.</summary>
    Erased = 3,
}

/// <summary>A signed statement that the chain's link at a record was this one.</summary>
internal sealed record Checkpoint
{
    public required CheckpointKind Kind { get; init; }

    public required Guid LogId { get; init; }

    public required long Sequence { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required byte[] Link { get; init; }

    public required string KeyId { get; init; }

    public required byte[] Signature { get; init; }

    /// <summary>The bytes that are signed: fixed layout, and a leading label so that the key's signatures mean nothing elsewhere.</summary>
    public static byte[] Statement(CheckpointKind kind, Guid logId, long sequence, DateTimeOffset time, ReadOnlySpan<byte> link)
    {
        var label = "edgefilter checkpoint /1\0"u8;
        var statement = new byte[label.Length + 1 + 16 + 8 + 8 + RecordChain.LinkLength];
        label.CopyTo(statement);
        var rest = statement.AsSpan(label.Length);
        rest[0] = (byte)kind;
        logId.TryWriteBytes(rest[1..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(rest[17..], sequence);
        BinaryPrimitives.WriteInt64BigEndian(rest[25..], time.ToUnixTimeMilliseconds());
        link[..RecordChain.LinkLength].CopyTo(rest[33..]);
        return statement;
    }
}
