using EdgeFilter.Policies;
using Microsoft.Extensions.Logging;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>The log's events, 7000 to 7099. A decision's event is made from its record, and so from the same allow-list.</summary>
internal static partial class BlockLogEvents
{
    /// <summary>Says that a decision was taken and what became of its record.</summary>
    public static void Decision(this ILogger logger, BlockRecord record, AppendOutcome outcome)
    {
        var level = outcome.Status == AppendStatus.Refused ? LogLevel.Error
            : record.Action == PolicyAction.Block ? LogLevel.Warning
            : LogLevel.Information;
        if (logger.IsEnabled(level))
        {
            var entities = string.Join(' ', record.Entities.Select(entity => $"{entity.Entity}={entity.Count}"));
            logger.Decided(
                level,
                record.Action,
                record.Direction,
                record.Rules.Count > 0 ? record.Rules[0] : "",
                record.Policy.Name,
                record.Tenant,
                record.Region,
                record.Protocol,
                record.Model,
                entities,
                record.Severity,
                record.Status,
                record.Timings.FilterMicroseconds,
                record.Id,
                outcome.Status);
        }
    }

    [LoggerMessage(EventId = 7000, Message =
        "{Action} in {Direction} by rule {RuleId} of policy {Policy}: tenant {Tenant}, region {Region}, {Protocol} {Model}, " +
        "entities {Entities}, severity {Severity}, status {Status}, filter {FilterMicroseconds} µs, record {RecordId} {RecordStatus}.")]
    private static partial void Decided(
        this ILogger logger, LogLevel level, PolicyAction action, Direction direction, string ruleId, string policy, string tenant, string region,
        string protocol, string model, string entities, Severity severity, int status, long filterMicroseconds, Guid recordId,
        AppendStatus recordStatus);

    [LoggerMessage(EventId = 7001, Level = LogLevel.Information, Message = "The block log is open; decisions are being recorded.")]
    public static partial void LogReady(this ILogger logger);

    public static void LogUnavailable(this ILogger logger, BlockLogFault fault)
    {
        if (logger.IsEnabled(LogLevel.Critical))
        {
            logger.Unavailable(fault, fault.Advice());
        }
    }

    [LoggerMessage(EventId = 7002, Level = LogLevel.Critical, Message = "The block log can't be written ({Fault}). {Advice}")]
    private static partial void Unavailable(this ILogger logger, BlockLogFault fault, string advice);

    [LoggerMessage(EventId = 7003, Level = LogLevel.Warning, Message = "{Count} records entered the block log from the spool.")]
    public static partial void LogSpoolReplayed(this ILogger logger, long count);

    [LoggerMessage(EventId = 7004, Level = LogLevel.Information, Message = "Retention removed {Count} records from the block log.")]
    public static partial void LogTrimmed(this ILogger logger, long count);

    [LoggerMessage(EventId = 7006, Level = LogLevel.Warning, Message = "Shipping the log to {Host} pauses ({Kind}); it goes on where it stopped.")]
    public static partial void ShippingPaused(this ILogger logger, string host, string kind);

    [LoggerMessage(EventId = 7005, Level = LogLevel.Information, Message = "Retention erased {Count} records of region {Region} from the block log; their digests stay.")]
    public static partial void LogRegionErased(this ILogger logger, int count, string region);
}
