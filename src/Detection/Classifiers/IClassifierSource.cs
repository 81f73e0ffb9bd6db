namespace EdgeFilter.Detection.Classifiers;

/// <summary>The models that are installed, by name.</summary>
public interface IClassifierSource
{
    /// <summary>Names of all models that can be asked, in any order.</summary>
    IEnumerable<string> Names { get; }

    /// <summary>The model of that name; null when there is none.</summary>
    ITextClassifier? Find(string name);

    /// <summary>Why a model that is there can't be used: one of that name, or one that finds an entity of that name.</summary>
    /// <returns>A sentence about the model's files; null when no such model is there, or none was refused.</returns>
    string? RefusalOf(string nameOrEntity) => null;
}
