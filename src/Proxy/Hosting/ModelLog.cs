using EdgeFilter.Detection.Classifiers.Models;

namespace EdgeFilter.Proxy.Hosting;

/// <summary>Says what the machine can't afford of the models, and which of them were refused. Event ids 3200 to 3299.</summary>
internal static partial class ModelLog
{
    public static void Attach(ModelStore models, ILoggerFactory loggers)
    {
        var logger = loggers.CreateLogger("EdgeFilter.Models");
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

    [LoggerMessage(EventId = 3201, Level = LogLevel.Error, Message = "Refused ({Fault}): {Why}")]
    private static partial void Refused(this ILogger logger, ModelFault fault, string why);

    [LoggerMessage(EventId = 3202, Level = LogLevel.Warning, Message = "Models have to wait for cores: {From} -> {To}. {Consequence}")]
    private static partial void Less(this ILogger logger, GovernorLevel from, GovernorLevel to, string consequence);

    [LoggerMessage(EventId = 3203, Level = LogLevel.Information, Message = "Models find cores again: {From} -> {To}.")]
    private static partial void More(this ILogger logger, GovernorLevel from, GovernorLevel to);
}
