namespace EdgeFilter.Detection.Normalization;

/// <summary>
/// The text as a model would read it: escapes undone, invisible characters gone, look-alikes and other ways to write ASCII
/// replaced. What happens to a character depends on it and on a few neighbours, never on where a text began.
/// </summary>
internal static class NormalisedView
{
    /// <summary>Null when the text reads the same.</summary>
    /// <remarks>
    /// A view of a text that is not complete ends before the first character whose reading is still open; then it is not final.
    /// </remarks>
    public static ViewText? Build(in ViewSource source)
    {
        var view = NormalisingRound.Run(source);
        for (var round = 1; view is { Reveals: true } && round < TextViewLimits.MaxRounds; round++)
        {
            var next = NormalisingRound.Run(view.AsSource());
            if (next is null)
            {
                break;
            }

            next.IncludeChanges(view);
            view.Dispose();
            view = next;
        }

        return view;
    }
}
