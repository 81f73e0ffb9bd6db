namespace EdgeFilter.Proxy.BlockLog;

/// <summary>How far a spool file has entered the log; kept in the log itself, so that no crash replays a record twice.</summary>
/// <param name="Spool">Which spool file.</param>
/// <param name="Offset">Bytes of it that are in the log.</param>
internal readonly record struct SpoolMark(Guid Spool, long Offset)
{
    public override string ToString() => $"{Spool:N}:{Offset}";

    public static SpoolMark? Parse(string? text)
    {
        var parts = text?.Split(':');
        return parts is [var spool, var offset] && Guid.TryParseExact(spool, "N", out var id) && long.TryParse(offset, out var bytes)
            ? new SpoolMark(id, bytes)
            : null;
    }
}
