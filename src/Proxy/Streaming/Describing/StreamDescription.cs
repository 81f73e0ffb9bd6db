using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// What the events of one protocol's streams carry, as data: where texts live, what tells one from another, what ends them, and
/// how the protocol itself ends a stream that is blocked or fails. Immutable.
/// </summary>
internal sealed record StreamDescription
{
    private CompiledStream? compiled;

    /// <summary>The protocol's id: <c>openai.chat</c>.</summary>
    public required string Id { get; init; }

    public required StreamFraming Framing { get; init; }

    /// <summary>Every known place of every event; what is not in it is inspected as untrusted metadata.</summary>
    public required FieldMap Fields { get; init; }

    public required IReadOnlyList<ChannelRule> Channels { get; init; }

    public IReadOnlyList<CallRule> Calls { get; init; } = [];

    public required IReadOnlyList<CloseRule> Closes { get; init; }

    /// <summary>What tells lanes apart, see <see cref="ChannelRule.Lane"/>; null where a stream has one.</summary>
    public string? Lane { get; init; }

    /// <summary>The member that tells lanes apart in events that have no <see cref="Lane"/>; null where there is one name for it.</summary>
    public string? LaneToo { get; init; }

    /// <summary>The member that says what kind of thing a lane is, for <see cref="StreamState.LaneKind"/>.</summary>
    public string? LaneKind { get; init; }

    /// <summary>The object whose unknown members are taken for further texts in pieces: <c>choices[].delta</c>.</summary>
    public string? Delta { get; init; }

    /// <summary>The member that says an event's type; null where events have none or the frame's name says it.</summary>
    public string? EventType { get; init; }

    /// <summary>True when the frame's name must equal the event's type, as readers dispatch on either.</summary>
    public bool NameIsType { get; init; }

    /// <summary>True when the frame's name alone is the event's type.</summary>
    public bool TypeIsName { get; init; }

    /// <summary>A payload that is no JSON and ends the stream: <c>[DONE]</c>.</summary>
    public string? DoneMarker { get; init; }

    /// <summary>Types of event that end the stream.</summary>
    public IReadOnlyList<string> LastEvents { get; init; } = [];

    /// <summary>Types of event one of which a whole stream has; none where it ends once its lanes are closed.</summary>
    public IReadOnlyList<string> RequiredEvents { get; init; } = [];

    /// <summary>True when the stream is a sequence of messages that may end behind any of them.</summary>
    public bool MayEndAnywhere { get; init; }

    /// <summary>True when the stream's end is the end of its texts, and nothing else says so.</summary>
    public bool EndsTexts { get; init; }

    /// <summary>Members whose presence says that the upstream reports a failure, and the types of such events.</summary>
    public string? ErrorPath { get; init; }

    public IReadOnlyList<string> ErrorTypes { get; init; } = [];

    /// <summary>Types of event that carry no text and pass at once, even while a tool call is held.</summary>
    public IReadOnlyList<string> KeepAliveTypes { get; init; } = [];

    /// <summary>Members that hold random letters, so that the length of an event tells nothing: <c>obfuscation</c>.</summary>
    public IReadOnlyList<string> Padding { get; init; } = [];

    /// <summary>Names of frames whose payload is a link and no JSON.</summary>
    public IReadOnlyList<string> LinkEvents { get; init; } = [];

    /// <summary>Further types of event that are known; others are reported in the stream's coverage.</summary>
    public IReadOnlyList<string> OtherTypes { get; init; } = [];

    /// <summary>True when what follows a held tool call must wait for it, because readers count lanes by arrival.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>Members that <see cref="StreamState"/> remembers, for events of our own.</summary>
    public IReadOnlyList<string> Remembered { get; init; } = [];

    /// <summary>Remembers what the ending must repeat; null where it repeats nothing.</summary>
    public IStreamWitness? Witness { get; init; }

    /// <summary>How the protocol says that a stream was blocked or has failed.</summary>
    public required IStreamEnding Ending { get; init; }

    /// <summary>The description ready to run. Compiled once; a mistake in it throws.</summary>
    public CompiledStream Compiled => compiled?.Description == (object)this ? compiled : compiled = CompiledStream.Compile(this);

    /// <summary>The same events in other frames.</summary>
    public StreamDescription Framed(string id, StreamFraming framing) => this with { Id = id, Framing = framing };
}
