using EdgeFilter.Detection;
using EdgeFilter.Detection.Classifiers;

namespace EdgeFilter.Policies.Validation;

/// <summary>What documents are held against: the detectors and models that are there, and the day.</summary>
public sealed class ValidationScope
{
    private volatile Holdings holdings;

    public ValidationScope(DetectorCatalog catalog, IClassifierSource classifiers, TimeProvider? clock = null)
    {
        holdings = new Holdings(new DetectorNames(catalog), classifiers);
        Clock = clock ?? TimeProvider.System;
    }

    /// <summary>The name of the model that tells languages apart.</summary>
    public const string LanguageClassifier = "language";

    internal DetectorNames Detectors => holdings.Detectors;

    internal IClassifierSource Classifiers => holdings.Classifiers;

    internal TimeProvider Clock { get; }

    /// <summary>What is there, to be exchanged as one.</summary>
    internal Holdings Held
    {
        get => holdings;
        set => holdings = value;
    }

    internal DateOnly Today => DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);

    /// <summary>Detectors and models that belong together.</summary>
    internal sealed record Holdings(DetectorNames Detectors, IClassifierSource Classifiers);
}
