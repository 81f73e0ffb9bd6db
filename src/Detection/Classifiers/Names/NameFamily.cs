namespace EdgeFilter.Detection.Classifiers.Names;

/// <summary>The detectors of a model that finds names.</summary>
internal sealed class NameFamily : IDetectorFamily, IDisposable
{
    private readonly NameModel model;

    /// <summary>Takes over the model.</summary>
    public NameFamily(NameModel model)
    {
        this.model = model;
        Detectors = [.. model.Kinds.Select(Describe)];
    }

    public IReadOnlyList<DetectorInfo> Detectors { get; }

    public IRecogniser Compile(IReadOnlyCollection<DetectorInfo> wanted) =>
        new NameRecogniser(model, [.. Detectors.Select(d => wanted.Contains(d) ? d : null)]);

    public void Dispose() => model.Dispose();

    private DetectorInfo Describe(string kind) => new()
    {
        Id = $"{model.Name}-{kind.ToLowerInvariant()}",
        Entity = kind,
        Name = kind switch
        {
            "PERSON" => "Name of a person",
            "LOCATION" => "Name of a place",
            "ORGANIZATION" => "Name of an organisation",
            _ => "Name",
        },
        Category = "name",
        Strength = DetectorStrength.Model,
        Examples = kind == "PERSON" ? ["Please call Mrs Susan Miller before noon."] : [],
        CounterExamples = ["the weather is nice today"],
        Source = "models/" + model.Name + "/card.md",
    };
}
