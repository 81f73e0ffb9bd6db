namespace EdgeFilter.Proxy.Streaming;

/// <summary>Why a stream could not be read on. The text says what happened and never what was in the stream.</summary>
/// <param name="Code">Stable, for logs, metrics and tests.</param>
/// <param name="Message">A sentence that an operator can act on.</param>
internal sealed record StreamProblem(string Code, string Message)
{
    public static readonly StreamProblem EventTooLarge = new(
        "stream-event-too-large", "The upstream sent an event that is larger than the configured limit.");

    public static readonly StreamProblem Unreadable = new(
        "stream-event-unreadable", "The upstream sent an event that could not be read strictly, so that it could not be inspected.");

    public static readonly StreamProblem BadFraming = new(
        "stream-framing-broken", "The upstream's framing is broken: a length, a checksum or a separator is wrong.");

    public static readonly StreamProblem EndedEarly = new(
        "stream-ended-early", "The upstream ended the stream before its last event.");

    public static readonly StreamProblem UpstreamFailed = new(
        "stream-upstream-failed", "The connection to the upstream failed in the middle of the stream.");

    public static readonly StreamProblem UpstreamSilent = new(
        "stream-upstream-silent", "The upstream sent nothing for longer than the configured limit.");

    public static readonly StreamProblem TooManyChannels = new(
        "stream-too-many-channels", "The stream opened more texts at a time than the configured limit.");

    public static readonly StreamProblem TooMuchHeld = new(
        "stream-too-much-held", "Tool calls that wait for their end exceed the configured limit.");

    public static readonly StreamProblem FilterFailed = new(
        "stream-filter-failed", "The filter itself failed, so that nothing more of the stream may be sent.");
}
