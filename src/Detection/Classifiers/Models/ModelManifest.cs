namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>What a model's <c>manifest.yaml</c> says of it. Read and checked by <see cref="ManifestReader"/>.</summary>
public sealed record ModelManifest
{
    /// <summary>The name that policies use; the same as the folder's.</summary>
    public required string Model { get; init; }

    public required string Version { get; init; }

    public required string Title { get; init; }

    public required ModelTask Task { get; init; }

    /// <summary>SPDX expression of the weights' licence.</summary>
    public required string Licence { get; init; }

    /// <summary>The labels, in the order of the model's scores.</summary>
    public required IReadOnlyList<ModelLabel> Labels { get; init; }

    public required ModelInput Input { get; init; }

    public required ModelWindow Window { get; init; }

    public required IReadOnlyList<ModelFile> Files { get; init; }

    /// <summary>What is asked before and after the model itself.</summary>
    public ModelStages Stages { get; init; } = ModelStages.None;

    /// <summary>The data it learnt from, with licences, for those who must account for it.</summary>
    public IReadOnlyList<string> TrainedOn { get; init; } = [];
}
