using EdgeFilter.Policies;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>What the proxy says while it works. Ids, counts and durations only; event ids 3000 to 3099.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 3001, Level = LogLevel.Information, Message = "{Action} {Direction} on {Route}: rule {RuleId}, {FindingCount} findings, request {RequestId}.")]
    public static partial void Decided(this ILogger logger, PolicyAction action, Direction direction, string route, string ruleId, int findingCount, string requestId);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "Refused a request on {Route}: {Code}, request {RequestId}.")]
    public static partial void Refused(this ILogger logger, string route, string code, string requestId);

    [LoggerMessage(EventId = 3007, Level = LogLevel.Information, Message = "Passed a request uninspected, as Proxy:Pass '{Pattern}' says: cluster {Cluster}, request {RequestId}.")]
    public static partial void PassedUninspected(this ILogger logger, string pattern, string cluster, string requestId);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Error, Message = "Upstream {Cluster} failed: {Error}, request {RequestId}. Check that its address answers and its credential is valid.")]
    public static partial void UpstreamFailed(this ILogger logger, string cluster, string error, string requestId);

    [LoggerMessage(EventId = 3004, Level = LogLevel.Error, Message = "The answer of {Cluster} could not be inspected and was withheld: {Code}, request {RequestId}.")]
    public static partial void AnswerWithheld(this ILogger logger, string cluster, string code, string requestId);

    [LoggerMessage(EventId = 3005, Level = LogLevel.Critical, Message = "A decision could not be recorded, so its exchange was refused: request {RequestId}. See the block log's own messages; free space or make the log writable.")]
    public static partial void NotRecorded(this ILogger logger, string requestId);

    [LoggerMessage(EventId = 3006, Level = LogLevel.Error, Message = "A detector or classifier failed with {ErrorType}; the exchange was refused: request {RequestId}.")]
    public static partial void InspectionFailed(this ILogger logger, string errorType, string requestId);
}
