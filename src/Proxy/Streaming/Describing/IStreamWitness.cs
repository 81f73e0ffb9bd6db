using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>Remembers what a protocol's ending must repeat: clients compare the last event with what they were shown.</summary>
internal interface IStreamWitness
{
    /// <summary>An event was sent.</summary>
    /// <param name="type">Its type; null when it is unknown.</param>
    /// <param name="lane">Its lane; null when it has none.</param>
    /// <param name="sent">The event as the client has it.</param>
    void Sent(StreamState state, string? type, int? lane, JsonBody sent);
}
