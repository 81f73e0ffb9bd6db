namespace EdgeFilter.Detection.Normalization;

/// <summary>Reads a window in every other way that a model could read it, and runs the recognisers over each.</summary>
internal static class TextViews
{
    /// <summary>Adds what the recognisers find in the normalised and decoded forms of the window, mapped to its own offsets.</summary>
    public static void Inspect(IRecogniser[] recognisers, Reach reach, in TextWindow window, FindingCollector findings)
    {
    }
}
