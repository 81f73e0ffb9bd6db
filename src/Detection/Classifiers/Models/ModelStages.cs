namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>The stages that a model has beside its own graph.</summary>
/// <param name="Screen">Asked first; null without one.</param>
/// <param name="Full">Asked last; null without one.</param>
public sealed record ModelStages(ScreenStage? Screen, FullStage? Full)
{
    public static ModelStages None { get; } = new(null, null);
}

/// <summary>A cheap network over the same rows, which settles what is clearly harmless.</summary>
/// <param name="File">Its weights; one of the model's files.</param>
/// <param name="SettlesBelow">Where no stretch of a text reaches this score for any label, its scores are the answer.</param>
/// <param name="BarsFrom">The lowest bar that it was measured for: a rule that asks for less evidence is served without it.</param>
public sealed record ScreenStage(string File, float SettlesBelow, float BarsFrom);

/// <summary>Another installed model, asked where this one is uncertain.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Version">The version that the bands were chosen for.</param>
/// <param name="Bands">By label: scores inside are replaced by the other model's. A label without a band never asks.</param>
public sealed record FullStage(string Model, string Version, IReadOnlyDictionary<string, ScoreBand> Bands);

/// <summary>Scores from <paramref name="From"/> to <paramref name="To"/>, both included.</summary>
public readonly record struct ScoreBand(float From, float To)
{
    public bool Contains(float score) => score >= From && score <= To;
}
