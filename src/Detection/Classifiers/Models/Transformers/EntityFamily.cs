namespace EdgeFilter.Detection.Classifiers.Models.Transformers;

/// <summary>The detectors of a Hugging Face model that judges tokens.</summary>
internal sealed class EntityFamily : IDetectorFamily, IDisposable
{
    private readonly TransformerModel model;
    private readonly TokenTags tags;

    /// <summary>Takes over the model.</summary>
    /// <exception cref="ModelException">None of its labels stands for anything.</exception>
    public EntityFamily(TransformerModel model, IReadOnlyDictionary<string, string> entities, ModelRuntimeOptions options)
    {
        this.model = model;
        Kinds = [.. entities.Values.Where(e => e.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (Kinds.Count == 0)
        {
            model.Dispose();
            throw new ModelException(
                model.Name,
                ModelFault.BadManifest,
                $"Model '{model.Name}' can't be used: none of its labels names an entity. Write a manifest.yaml with entities: {{ LABEL: PERSON }}.");
        }

        tags = new TokenTags(model, entities, Kinds, options);
        Detectors = [.. Kinds.Select(Describe)];
    }

    public IReadOnlyList<DetectorInfo> Detectors { get; }

    /// <summary>The entities, in the order of <see cref="Detectors"/>.</summary>
    private IReadOnlyList<string> Kinds { get; }

    public IRecogniser Compile(IReadOnlyCollection<DetectorInfo> wanted) => new EntityRecogniser(tags, [.. Detectors.Select(d => wanted.Contains(d) ? d : null)]);

    public void Dispose() => model.Dispose();

    private DetectorInfo Describe(string entity) => new()
    {
        Id = $"{model.Name}-{entity.ToLowerInvariant().Replace('_', '-')}",
        Entity = entity,
        Name = $"{entity}, by the model {model.Name}",
        Category = "model",
        Strength = DetectorStrength.Model,
        Source = $"models/{model.Name}",
    };
}
