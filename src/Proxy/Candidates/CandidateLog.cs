using EdgeFilter.Policies.Candidates;

namespace EdgeFilter.Proxy.Candidates;

/// <summary>The events of candidates, 3120 to 3129.</summary>
internal static partial class CandidateLog
{
    public static void Attach(CandidateStore store, ILoggerFactory loggers)
    {
        var logger = loggers.CreateLogger("EdgeFilter.Policies.Candidate");
        store.Changed += status =>
        {
            switch (status.State)
            {
                case CandidateState.Running:
                    logger.Running(status.Digest, status.Who.Length > 0 ? status.Who : "the configuration");
                    break;
                case CandidateState.Refused:
                    logger.Refused(status.Problems.Count(p => !p.IsWarning));
                    foreach (var problem in status.Problems)
                    {
                        logger.Problem(problem.ToString());
                    }

                    break;
                case CandidateState.InForce:
                    logger.InForce(status.Digest);
                    break;
                default:
                    logger.Ended();
                    break;
            }
        };
    }

    [LoggerMessage(EventId = 3120, Level = LogLevel.Information, Message = "A candidate runs beside the policies in force: digest {Digest}, of {Who}.")]
    private static partial void Running(this ILogger logger, string digest, string who);

    [LoggerMessage(EventId = 3121, Level = LogLevel.Warning, Message = "The candidate has {Count} errors and doesn't run.")]
    private static partial void Refused(this ILogger logger, int count);

    [LoggerMessage(EventId = 3122, Level = LogLevel.Warning, Message = "Candidate: {Problem}")]
    private static partial void Problem(this ILogger logger, string problem);

    [LoggerMessage(EventId = 3123, Level = LogLevel.Information, Message = "The candidate is what is in force: digest {Digest}.")]
    private static partial void InForce(this ILogger logger, string digest);

    [LoggerMessage(EventId = 3124, Level = LogLevel.Information, Message = "No candidate runs any more.")]
    private static partial void Ended(this ILogger logger);

    [LoggerMessage(EventId = 3125, Level = LogLevel.Warning, Message = "The candidate could not judge an exchange: {Kind}.")]
    public static partial void CandidateFailed(this ILogger logger, string kind);
}
