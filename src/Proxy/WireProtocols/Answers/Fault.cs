using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.Answers;

/// <summary>An error of the proxy's own, in the making.</summary>
/// <param name="Message">A sentence that says what to do; never content.</param>
/// <param name="RequestId">The proxy's id of the exchange.</param>
internal sealed record Fault(FaultKind Kind, string Message, string RequestId)
{
    public int Status => Kind switch
    {
        FaultKind.InvalidRequest => StatusCodes.Status400BadRequest,
        FaultKind.Unauthorised => StatusCodes.Status401Unauthorized,
        FaultKind.Forbidden => StatusCodes.Status403Forbidden,
        FaultKind.UnknownPath => StatusCodes.Status404NotFound,
        FaultKind.WrongMethod => StatusCodes.Status405MethodNotAllowed,
        FaultKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        FaultKind.UnsupportedMediaType => StatusCodes.Status415UnsupportedMediaType,
        FaultKind.BadUpstream => StatusCodes.Status502BadGateway,
        FaultKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        FaultKind.UpstreamTimeout => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>True where asking again may help: never for what the client must change first.</summary>
    public bool MayRetry => Kind is FaultKind.BadUpstream or FaultKind.Unavailable or FaultKind.UpstreamTimeout;

    /// <summary>The error for a body that can't be read.</summary>
    public static Fault Of(BodyProblem problem, string requestId) => new(
        problem.Status switch
        {
            StatusCodes.Status413PayloadTooLarge => FaultKind.TooLarge,
            StatusCodes.Status415UnsupportedMediaType => FaultKind.UnsupportedMediaType,
            _ => FaultKind.InvalidRequest,
        },
        problem.Message,
        requestId);
}
