using EdgeFilter.Policies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// What a text channel is: one text that a reader of the stream puts together from its pieces, such as the content of one choice
/// or the arguments of one tool call.
/// </summary>
/// <param name="Role">Who speaks.</param>
/// <param name="Field">Where the text lives, in the words of the protocol's description (<c>content</c>, <c>arguments</c>); never content.</param>
/// <param name="Lane">The choice, candidate, block or output item; 0 where a protocol has only one.</param>
/// <param name="Part">The part or tool call within the lane; 0 where there is only one.</param>
internal sealed record StreamChannel(SegmentRole Role, string Field, int Lane, int Part)
{
    /// <summary>False for ids, names and enumerations: such text is inspected and may be blocked, but an edit of it is not used.</summary>
    public bool IsEditable { get; init; } = true;

    /// <summary>True when the text arrives in one piece: one <c>Push</c>, then <c>Complete</c>.</summary>
    public bool IsWhole { get; init; }

    /// <summary>
    /// True when the provider signs the text and refuses it in the next turn if it was edited (Anthropic's thinking blocks): an
    /// edited one loses its signature.
    /// </summary>
    public bool IsSigned { get; init; }

    /// <summary>The tool whose arguments or result this is, when the stream has said so. Chosen by the model: not to be logged.</summary>
    public string? ToolName { get; init; }

    /// <summary>Leaves the tool's name out: it is content.</summary>
    public override string ToString() => $"{Role} {Field}[{Lane}:{Part}]";
}
