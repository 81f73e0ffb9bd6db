namespace EdgeFilter.Proxy.Simulation;

/// <summary>How one protocol writes a stream; when and how much is the script's affair.</summary>
internal interface ISimulatedStream
{
    CancellationToken Cancelled { get; }

    Task BeginAsync();

    /// <summary>Sends a piece of the text, or of the tool call's arguments.</summary>
    Task SendDeltaAsync(string piece);

    Task EndAsync();

    /// <summary>Sends the protocol's own error in the middle of a stream.</summary>
    Task SendErrorAsync();

    /// <summary>Sends an event that no client knows: of an unknown type with text in it, or one that can't be read at all.</summary>
    Task SendOddAsync(bool isReadable);

    /// <summary>Cuts the connection.</summary>
    void Drop();
}
