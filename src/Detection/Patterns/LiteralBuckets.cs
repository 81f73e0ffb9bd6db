namespace EdgeFilter.Detection.Patterns;

/// <summary>Divides short texts among eight buckets so that a text of chance seldom looks like one of a bucket.</summary>
internal static class LiteralBuckets
{
    private const int Buckets = 8;

    /// <summary>For each place and each code the buckets, a bit for each, that have a text with that code there.</summary>
    /// <param name="windows">The texts.</param>
    /// <param name="width">How many places are looked at; behind the end of a shorter text stands anything.</param>
    public static byte[][] Of(IReadOnlyList<string> windows, int width)
    {
        var masks = new uint[Buckets][];
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            masks[bucket] = new uint[width];
        }

        // Each goes where it adds least to what chance finds; the most frequent first, as they matter most.
        foreach (var window in windows.OrderByDescending(w => Chance(MaskOf(w, width))).ThenBy(w => w, StringComparer.Ordinal))
        {
            var added = MaskOf(window, width);
            var best = masks.MinBy(mask => Chance(Union(mask, added)) - Chance(mask))!;
            Union(best, added).CopyTo(best, 0);
        }

        var tables = new byte[width][];
        for (var place = 0; place < width; place++)
        {
            tables[place] = [.. Enumerable.Range(0, LiteralCodes.Count).Select(code => BucketsWith(masks, place, code))];
        }

        return tables;
    }

    /// <summary>The codes that the character at a place may have in a text.</summary>
    public static IEnumerable<int> CodesAt(string window, int place)
    {
        if (place >= window.Length)
        {
            return Enumerable.Range(0, LiteralCodes.Count);
        }

        var code = LiteralCodes.Of(window[place]);
        return LiteralCodes.HasForeignTwin(code) ? [code, LiteralCodes.Foreign] : [code];
    }

    private static uint[] MaskOf(string window, int width) =>
        [.. Enumerable.Range(0, width).Select(place => CodesAt(window, place).Aggregate(0u, (mask, code) => mask | (1u << code)))];

    private static uint[] Union(uint[] a, uint[] b) => [.. a.Zip(b, (x, y) => x | y)];

    private static double Chance(uint[] mask) => mask.Aggregate(1d, (chance, codes) =>
    {
        var any = 0d;
        for (var code = 0; code < LiteralCodes.Count; code++)
        {
            any += (codes >> code & 1) != 0 ? LiteralCodes.FrequencyOf(code) : 0;
        }

        return chance * any;
    });

    private static byte BucketsWith(uint[][] masks, int place, int code)
    {
        var buckets = 0;
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            buckets |= (int)(masks[bucket][place] >> code & 1) << bucket;
        }

        return (byte)buckets;
    }
}
