using EdgeFilter.Detection.Classifiers.Models;

namespace EdgeFilter.Proxy.Hosting;

/// <summary>Says what the machine can't afford of the models, and which of them were refused. Event ids 3200 to 3299.</summary>
internal static partial class ModelLog
{
    /// <summary>Speaks of a store that was opened.</summary>
    public static void Attach(ModelStore models, ILogger logger)
    {
        foreach (var refused in models.Models.Select(m => m.Refused).OfType<ModelException>())
        {
            logger.Refused(refused.Fault, refused.Message);
        }

        models.Governor.Changed += (from, to) =>
        {
            if (to > from)
            {
                logger.Less(from, to, to == GovernorLevel.Nothing ? "Large models are not asked, and rules' on-failure applies." : "Second stages of models are skipped.");
            }
            else
            {
                logger.More(from, to);
            }
        };
    }

    [LoggerMessage(EventId = 3204, Level = LogLevel.Information, Message = "The models were loaded again: {Count}, {RefusedCount} of them refused. Exchanges that run keep those from before.")]
    public static partial void Exchanged(this ILogger logger, int count, int refusedCount);

    [LoggerMessage(EventId = 3205, Level = LogLevel.Error, Message = "The models' folder changed, but the policies in force can't do with what it holds now ({Count} problems, the first: {Problem}). The models from before stay.")]
    public static partial void NotExchanged(this ILogger logger, int count, string problem);

    [LoggerMessage(EventId = 3206, Level = LogLevel.Error, Message = "The models' folder changed, but can't be read: {Why} The models from before stay.")]
    public static partial void Unreadable(this ILogger logger, string why);

    [LoggerMessage(EventId = 3201, Level = LogLevel.Error, Message = "Refused ({Fault}): {Why}")]
    private static partial void Refused(this ILogger logger, ModelFault fault, string why);

    [LoggerMessage(EventId = 3202, Level = LogLevel.Warning, Message = "Models have to wait for cores: {From} -> {To}. {Consequence}")]
    private static partial void Less(this ILogger logger, GovernorLevel from, GovernorLevel to, string consequence);

    [LoggerMessage(EventId = 3203, Level = LogLevel.Information, Message = "Models find cores again: {From} -> {To}.")]
    private static partial void More(this ILogger logger, GovernorLevel from, GovernorLevel to);
}
