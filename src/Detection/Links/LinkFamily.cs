namespace EdgeFilter.Detection.Links;

/// <summary>
/// Addresses that a reader does not see as such: markdown and HTML images, which are fetched as soon as they are shown, and
/// links under other words. Both are ways to carry data out of a chat.
/// </summary>
public sealed class LinkFamily : IDetectorFamily
{
    private static readonly DetectorInfo Image = new()
    {
        Id = "markdown-image",
        Entity = "MARKDOWN_IMAGE",
        Name = "Image or other element that is fetched when shown, in markdown or HTML",
        Category = "link",
        Strength = DetectorStrength.Structure,
        Specificity = 10,
        Examples = ["![chart](https://img.example.com/c.png?d=abc)", "<img src=\"https://img.example.com/c.png\">"],
        CounterExamples = ["Wow! [1] see below", "if (a < imgs.length)"],
        Source = "CommonMark 0.31, sections 6.3 and 6.4; HTML Living Standard",
    };

    private static readonly DetectorInfo Link = new()
    {
        Id = "markdown-link",
        Entity = "MARKDOWN_LINK",
        Name = "Link under other words, in markdown or HTML",
        Category = "link",
        Strength = DetectorStrength.Structure,
        Specificity = 5,
        Examples = ["[click here](https://example.com/a?b=c)", "<a href=\"https://example.com/\">here</a>", "[ref]: https://example.com/x"],
        CounterExamples = ["array[0](x)", "as shown in [12] (page 3)"],
        Source = "CommonMark 0.31, sections 4.7 and 6.3; HTML Living Standard",
    };

    public IReadOnlyList<DetectorInfo> Detectors { get; } = [Image, Link];

    public IRecogniser Compile(IReadOnlyCollection<DetectorInfo> wanted) =>
        new LinkRecogniser(wanted.Contains(Image) ? Image : null, wanted.Contains(Link) ? Link : null);
}
