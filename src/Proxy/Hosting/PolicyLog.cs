using EdgeFilter.Policies;
using EdgeFilter.Policies.Lifecycle;
using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Hosting;

/// <summary>Says what became of each attempt to load policies. Event ids 3100 to 3199.</summary>
internal static partial class PolicyLog
{
    public static void Attach(PolicyStore store, EvidenceSealer sealer, ILoggerFactory loggers)
    {
        var logger = loggers.CreateLogger("EdgeFilter.Policies");
        store.Changed += change =>
        {
            if (!change.IsApplied)
            {
                logger.Refused(change.Problems.Count, change.DigestNow.Length > 0 ? "The policies before it stay in force." : "Nothing is in force.");
                foreach (var problem in change.Problems)
                {
                    logger.Problem(problem.ToString());
                }
            }
            else if (!string.Equals(change.DigestBefore, change.DigestNow, StringComparison.Ordinal))
            {
                if (!sealer.IsOn && KeepsEvidence(store))
                {
                    logger.EvidenceWithoutKey();
                }

                logger.Applied(change.DigestNow, Words.Of(change.Origin), change.Who.Length > 0 ? $" of {change.Who}" : "");
                foreach (var warning in change.Problems)
                {
                    logger.Warning(warning.ToString());
                }
            }
        };
    }

    /// <summary>True when some rule in force keeps what it found, sealed.</summary>
    public static bool KeepsEvidence(PolicyStore store) => store.Status.IsLoaded && store.Current.Set.KeepsEvidence;

    [LoggerMessage(EventId = 3104, Level = LogLevel.Warning, Message = "Policies ask for sealed evidence, but BlockLog:EvidenceKey is not set: none is kept. 'edgefilter keys evidence' makes the key pair.")]
    private static partial void EvidenceWithoutKey(this ILogger logger);

    [LoggerMessage(EventId = 3101, Level = LogLevel.Information, Message = "Policies in force: digest {Digest}, by {Origin}{Who}.")]
    private static partial void Applied(this ILogger logger, string digest, string origin, string who);

    [LoggerMessage(EventId = 3102, Level = LogLevel.Error, Message = "A change of the policies was refused: {Count} problems. {Consequence}")]
    private static partial void Refused(this ILogger logger, int count, string consequence);

    [LoggerMessage(EventId = 3103, Level = LogLevel.Error, Message = "{Problem}")]
    private static partial void Problem(this ILogger logger, string problem);

    [LoggerMessage(EventId = 3105, Level = LogLevel.Warning, Message = "{Problem}")]
    private static partial void Warning(this ILogger logger, string problem);
}
