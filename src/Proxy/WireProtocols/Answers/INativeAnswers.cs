using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.Answers;

/// <summary>How a protocol says no: so that its SDKs raise the right exception, or report the right reason, and never ask again.</summary>
internal interface INativeAnswers
{
    /// <summary>The answer to a request that a rule stops.</summary>
    /// <param name="request">The request, for protocols whose answers refer to it.</param>
    NativeAnswer BlockRequest(BlockNotice notice, JsonBody? request = null);

    /// <summary>
    /// Turns a whole answer into the provider's own report of filtered output, by edits: what is not the blocked text stays, status
    /// and headers too.
    /// </summary>
    /// <param name="response">An answer that was read with the protocol's description.</param>
    /// <param name="splicer">Of <paramref name="response"/>; edits made before are covered.</param>
    /// <param name="choice">Which of several answers; -1 for all of them.</param>
    /// <returns>False when the body has no place for it (it is an error, for instance): answer with <see cref="BlockResponse"/>.</returns>
    bool TryBlockOutput(JsonBody response, JsonSplicer splicer, int choice, BlockNotice notice);

    /// <summary>The answer that replaces a whole response which can't be turned into a report of filtered output.</summary>
    /// <param name="request">The request, for protocols whose answers refer to it.</param>
    NativeAnswer BlockResponse(BlockNotice notice, JsonBody? request = null);

    /// <summary>An error of the proxy's own.</summary>
    /// <param name="request">The request, for protocols whose answers refer to it; null when it could not be read.</param>
    NativeAnswer Error(Fault fault, JsonBody? request = null);
}
