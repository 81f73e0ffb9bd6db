using EdgeFilter.Detection;
using EdgeFilter.Detection.Classifiers;

namespace EdgeFilter.Policies.Validation;

/// <summary>What documents are held against: the detectors and models that are there, and the day.</summary>
public sealed class ValidationScope
{
    public ValidationScope(DetectorCatalog catalog, IClassifierSource classifiers, TimeProvider? clock = null)
    {
        Detectors = new DetectorNames(catalog);
        Classifiers = classifiers;
        Clock = clock ?? TimeProvider.System;
    }

    /// <summary>The name of the model that tells languages apart.</summary>
    public const string LanguageClassifier = "language";

    internal DetectorNames Detectors { get; }

    internal IClassifierSource Classifiers { get; }

    internal TimeProvider Clock { get; }

    internal DateOnly Today => DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);
}
