namespace EdgeFilter.Detection.Classifiers;

/// <summary>Which part of a classifier answered, cheapest first: each is asked only about what the one before leaves open.</summary>
public enum ClassifierStage
{
    /// <summary>Settles what is clearly harmless. Its scores are estimates of what the next stage would say.</summary>
    Screen,

    /// <summary>The model itself.</summary>
    Fast,

    /// <summary>A larger model, asked about what the model itself is uncertain of.</summary>
    Full,
}
