namespace EdgeFilter.Detection.Classifiers;

/// <summary>The models that are installed, by name.</summary>
public interface IClassifierSource
{
    /// <summary>Names of all models that can be asked, in any order.</summary>
    IEnumerable<string> Names { get; }

    /// <summary>The model of that name; null when there is none.</summary>
    ITextClassifier? Find(string name);
}
