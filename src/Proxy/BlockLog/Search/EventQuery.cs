namespace EdgeFilter.Proxy.BlockLog;

/// <summary>A field and the texts it may have; any of them will do.</summary>
internal sealed record TermFilter(TermField Field, IReadOnlyList<string> AnyOf);

/// <summary>Which records are asked for: all conditions must hold.</summary>
internal sealed record EventQuery
{
    public static readonly EventQuery Everything = new();

    /// <summary>A region's records that are older than that.</summary>
    public static EventQuery OfRegion(string region, DateTimeOffset before) => new() { Until = before, Terms = [new TermFilter(TermField.Region, [region])] };

    /// <summary>Not before.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Before.</summary>
    public DateTimeOffset? Until { get; init; }

    public IReadOnlyList<TermFilter> Terms { get; init; } = [];

    /// <summary>Part of the reason, or of a rule's, policy's, entity's, tenant's, client's or model's name; case doesn't count.</summary>
    public string? Text { get; init; }

    /// <summary>A fingerprint as records show it.</summary>
    public string? Fingerprint { get; init; }

    public Guid? Id { get; init; }

    public string? RequestId { get; init; }

    /// <summary>Only these sequence numbers, for conditions that are kept outside the log (a reviewer's mark).</summary>
    public IReadOnlySet<long>? Only { get; init; }

    /// <summary>Not these sequence numbers.</summary>
    public IReadOnlySet<long>? Except { get; init; }
}
