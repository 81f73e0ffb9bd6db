namespace EdgeFilter.Detection.Classifiers.Models.Transformers;

/// <summary>
/// Entities by a Hugging Face model. It sees a segment of <see cref="TextSegments"/> at a time and nothing else, so that a stream
/// gives the same findings as the whole text.
/// </summary>
internal sealed class EntityRecogniser(TokenTags tags, DetectorInfo?[] detectors) : IRecogniser
{
    /// <summary>The longest finding; what is longer is reported in parts.</summary>
    public const int LongestEntity = 200;

    public Reach Reach { get; } = new(TextSegments.LookBack, LongestEntity, TextSegments.LongestSentence);

    public void Recognise(in TextWindow window, FindingCollector findings)
    {
        var segments = new List<TextSegment>();
        var decided = TextSegments.Find(window, segments);
        if (decided < window.Text.Length)
        {
            findings.Hold(decided);
        }

        if (segments.Count == 0)
        {
            return;
        }

        var results = tags.Judge(window.Text, segments);
        for (var i = 0; i < results.Length; i++)
        {
            foreach (var span in results[i])
            {
                var start = segments[i].Start + span.Start;
                if (start >= segments[i].From && detectors[span.Kind] is { } detector)
                {
                    findings.Add(detector, start, span.Length, span.Probability);
                }
            }
        }
    }
}
