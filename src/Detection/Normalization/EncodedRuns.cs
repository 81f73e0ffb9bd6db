using System.Buffers;

namespace EdgeFilter.Detection.Normalization;

/// <summary>
/// Reads runs of base64, base64url, base32 and hexadecimal digits. Where a run began may be out of sight, so its digits are read
/// at every alignment and whatever is text is judged: of a wrong alignment or a picture, next to nothing is.
/// </summary>
internal static class EncodedRuns
{
    // Lines of wrapped base64 have 64 or 76 digits. A shorter line that ends in a digit ends a word.
    private const int MinWrapped = 60;

    private static readonly SearchValues<char> Digits =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");

    /// <summary>Hands on every text that runs in the source encode.</summary>
    /// <param name="source">The text.</param>
    /// <param name="firstRun">An index inside the first run that may encode something.</param>
    /// <param name="sink">Receives the texts.</param>
    public static void Read(in ViewSource source, int firstRun, IFragmentSink sink)
    {
        var text = source.Text;
        using var fragment = new ViewText(256);
        var bytes = new DecodedBytes(fragment, sink);
        for (var at = firstRun; at >= 0;)
        {
            var start = at;
            while (start > 0 && Digits.Contains(text[start - 1]))
            {
                start--;
            }

            var end = Read(source, start, bytes);
            var next = TextScan.FirstRun(text[end..]);
            at = next < 0 ? -1 : end + next;
        }
    }

    /// <summary>Reads the run that begins at an index and returns where it ends.</summary>
    private static int Read(in ViewSource source, int start, DecodedBytes bytes)
    {
        var run = new EncodedRun(source, start);
        try
        {
            run.Gather(Digits, MinWrapped);
            run.Decode(DigitAlphabet.Base64, 0, run.Length, bytes);
            DecodeParts(run, DigitAlphabet.Hexadecimal, bytes);
            DecodeParts(run, DigitAlphabet.Base32, bytes);
            return run.End;
        }
        finally
        {
            run.Dispose();
        }
    }

    /// <summary>Decodes those parts of a run that have only digits of a smaller alphabet.</summary>
    private static void DecodeParts(in EncodedRun run, DigitAlphabet alphabet, DecodedBytes bytes)
    {
        var needed = alphabet.MinLength;
        for (var at = 0; at + needed <= run.Length;)
        {
            // From behind: most often its last digit shows that no part begins here.
            var other = run.Digits.Slice(at, needed).LastIndexOfAnyExcept(alphabet.Digits);
            if (other >= 0)
            {
                at += other + 1;
                continue;
            }

            var length = run.Digits[at..].IndexOfAnyExcept(alphabet.Digits);
            var end = length < 0 ? run.Length : at + length;
            run.Decode(alphabet, at, end, bytes);
            at = end;
        }

        run.HoldIfOpen(alphabet, bytes);
    }
}
