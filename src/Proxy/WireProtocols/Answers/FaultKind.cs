namespace EdgeFilter.Proxy.WireProtocols.Answers;

/// <summary>What keeps the proxy itself from answering as asked.</summary>
internal enum FaultKind
{
    /// <summary>400: the body can't be read as the protocol demands.</summary>
    InvalidRequest,

    /// <summary>401: no key, or an unknown one.</summary>
    Unauthorised,

    /// <summary>403: this client may not do that.</summary>
    Forbidden,

    /// <summary>404: no provider or no protocol is known for the path.</summary>
    UnknownPath,

    /// <summary>405: the path is known, the method is not.</summary>
    WrongMethod,

    /// <summary>413: larger than what is inspected.</summary>
    TooLarge,

    /// <summary>415: a content type or coding that can't be inspected.</summary>
    UnsupportedMediaType,

    /// <summary>500: a fault of the proxy.</summary>
    Internal,

    /// <summary>502: the provider can't be reached, or answered what can't be read.</summary>
    BadUpstream,

    /// <summary>503: what must inspect this can't do so now.</summary>
    Unavailable,

    /// <summary>504: the provider was silent for too long.</summary>
    UpstreamTimeout,
}
