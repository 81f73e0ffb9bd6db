namespace EdgeFilter.Detection.Normalization;

/// <summary>
/// Where in a block of sixty-four characters runs end that may encode a text: so many base64 digits in a row, and among the last of
/// them at least one capital or figure. No ordinary word of prose has one, and no text decodes without one.
/// </summary>
/// <param name="Ends">A bit for each place at which such a run of the fewest digits ends.</param>
/// <param name="Mixed">Where capitals and figures stand.</param>
/// <param name="One">Where digits stand.</param>
/// <param name="Two">Where two in a row end.</param>
/// <param name="Four">Where four in a row end.</param>
/// <param name="Eight">Where eight in a row end.</param>
internal readonly record struct EncodedMasks(ulong Ends, ulong Mixed, ulong One, ulong Two, ulong Four, ulong Eight)
{
    /// <summary>The masks of the next block.</summary>
    public EncodedMasks Then(ulong digits, ulong mixed)
    {
        var two = digits & TextScan.Shifted(digits, One, 1);
        var four = two & TextScan.Shifted(two, Two, 2);
        var eight = four & TextScan.Shifted(four, Four, 4);
        var ends = eight & TextScan.Shifted(eight, Eight, TextViewLimits.MinEncoded - 8);
        return new EncodedMasks(ends == 0 ? 0 : ends & Near(mixed, Mixed), mixed, digits, two, four, eight);
    }

    /// <summary>Marks the places with a bit at one of the last eleven.</summary>
    private static ulong Near(ulong now, ulong before)
    {
        for (var shift = 1; shift <= 4; shift *= 2)
        {
            (now, before) = (now | TextScan.Shifted(now, before, shift), before | (before << shift));
        }

        return now | TextScan.Shifted(now, before, TextViewLimits.MinEncoded - 8);
    }
}
