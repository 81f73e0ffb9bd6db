namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>What a model does with a text.</summary>
public enum ModelTask
{
    /// <summary>Each label has a probability of its own.</summary>
    MultiLabel,

    /// <summary>The labels exclude each other: probabilities sum to one.</summary>
    SingleLabel,

    /// <summary>Each token has a tag: spans of names.</summary>
    Tokens,
}
