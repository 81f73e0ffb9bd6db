namespace EdgeFilter.Proxy.Review;

/// <summary>The console's events, 7100 to 7199.</summary>
internal static partial class ReviewEvents
{
    [LoggerMessage(EventId = 7101, Level = LogLevel.Error, Message = "The console failed to answer a request: {Kind}.")]
    public static partial void ConsoleFailed(this ILogger logger, string kind);

    [LoggerMessage(EventId = 7103, Level = LogLevel.Warning, Message = "The identity provider can't be asked ({Kind}): check Admin:Oidc:Authority.")]
    public static partial void ProviderUnreachable(this ILogger logger, string kind);

    [LoggerMessage(EventId = 7104, Level = LogLevel.Warning, Message = "A sign-in by the organisation failed: {Kind}.")]
    public static partial void SignInFailed(this ILogger logger, string kind);

    [LoggerMessage(EventId = 7102, Level = LogLevel.Error, Message = "The console's own file (Admin:Path) can't be opened: {Fault}. The proxy works; nobody can sign in until it can.")]
    public static partial void ConsoleUnavailable(this ILogger logger, string fault);
}
