using EdgeFilter.Policies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>One line of a stream description: a place in events whose strings, put together, are a text.</summary>
/// <param name="Path">As the description's table spells it: <c>choices[].delta.content</c>.</param>
/// <param name="Channel">Places of the same channel name, lane and part continue one text.</param>
/// <param name="Role">Who speaks.</param>
internal sealed record ChannelRule(string Path, string Channel, SegmentRole Role)
{
    public ChannelUse Use { get; init; }

    /// <summary>The types of event for which this line holds; null for all that no other line of this path names.</summary>
    public IReadOnlyList<string>? EventTypes { get; init; }

    /// <summary>The types of event for which this line does not hold, where it would for all.</summary>
    public IReadOnlyList<string> ExceptTypes { get; init; } = [];

    /// <summary>What tells lanes apart: an array whose elements are keyed by their <c>index</c>, or a number of the event. Null for the description's own.</summary>
    public string? Lane { get; init; }

    /// <summary>What tells parts of a lane apart, likewise; null where a lane has one text of this name.</summary>
    public string? Part { get; init; }

    /// <summary>A flag beside the text that must be true for this line (<c>candidates[].content.parts[].thought</c>).</summary>
    public string? OnlyWith { get; init; }

    /// <summary>False for places that begin a text but can't carry more of it later, such as the start of a block.</summary>
    public bool CanContinue { get; init; } = true;

    /// <summary>The provider signs the text, see <see cref="StreamChannel.IsSigned"/>.</summary>
    public bool IsSigned { get; init; }

    /// <summary>A value beside the text that tells about it, such as log-probabilities: emptied where the text is changed.</summary>
    public string? Beside { get; init; }

    /// <summary>True when the place only repeats what another channel says token by token: an edit removes <see cref="Beside"/> instead.</summary>
    public bool IsShadow { get; init; }
}
