namespace EdgeFilter.Proxy.Sockets;

/// <summary>A protocol's own words, over a socket, for what is refused. The session goes on where the protocol has a way to say what is over.</summary>
internal interface ISocketAnswers
{
    /// <summary>Tells the client that its event was not sent on.</summary>
    /// <param name="eventId">The client's name for the event; null when it gave none.</param>
    /// <param name="code">Why, for programs.</param>
    /// <param name="message">Why, for people; never content.</param>
    byte[] Refuse(string? eventId, string code, string message);

    /// <summary>Tells the client that what the provider said next is not shown.</summary>
    /// <param name="message">Why, for people; never content.</param>
    byte[] RefuseOutput(string message);

    /// <summary>True where the rest of what was blocked can't be told from what comes next.</summary>
    bool BlockEndsSession { get; }

    /// <summary>Tells the client that a response ends here because of its content.</summary>
    byte[] EndResponse(string responseId);

    /// <summary>Tells the provider that nobody wants the rest of a response; null where the protocol has no such event.</summary>
    byte[]? CancelResponse(string responseId);
}
