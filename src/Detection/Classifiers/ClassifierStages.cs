namespace EdgeFilter.Detection.Classifiers;

/// <summary>The stages as files and commands spell them.</summary>
public static class ClassifierStages
{
    public static string Word(ClassifierStage stage) => stage switch
    {
        ClassifierStage.Screen => "screen",
        ClassifierStage.Fast => "fast",
        _ => "full",
    };
}
