namespace EdgeFilter.Proxy.Review;

/// <summary>The console's events, 7100 to 7199.</summary>
internal static partial class ReviewEvents
{
    [LoggerMessage(EventId = 7101, Level = LogLevel.Error, Message = "The console failed to answer a request: {Kind}.")]
    public static partial void ConsoleFailed(this ILogger logger, string kind);
}
