using System.Buffers;

namespace EdgeFilter.Detection.Tests.Normalization;

/// <summary>Three small recognisers that keep the window contract to the letter: what views are tested with.</summary>
internal static class SampleRecognisers
{
    public static DetectorInfo Card { get; } = Info("sample-card");

    public static DetectorInfo Mail { get; } = Info("sample-mail");

    public static DetectorInfo Key { get; } = Info("sample-key");

    public static DetectionPlan Plan { get; } = new([new CardRecogniser(), new MailRecogniser(), new KeyRecogniser()]);

    public static IReadOnlyList<string> Seeds { get; } =
    [
        "4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111", "card 4111111111111111", "411111111111111",
        "jane.doe@example.com", "a@b.co", "jane@", "ghp_abcdef0123456789", "ghp_Zx9", "key=ghp_0a1b2c3d4e5f6g7h8i9j",
    ];

    private static DetectorInfo Info(string id) => new()
    {
        Id = id, Entity = id.ToUpperInvariant(), Name = id, Category = "test", Strength = DetectorStrength.Pattern,
    };

    /// <summary>Sixteen digits with at most one space or dash between two; the word "card" up to 40 characters before helps.</summary>
    private sealed class CardRecogniser : IRecogniser
    {
        public Reach Reach => new(45, 31, 1);

        public void Recognise(in TextWindow window, FindingCollector findings)
        {
            var text = window.Text;
            for (var start = window.From; start < text.Length; start++)
            {
                if (!char.IsAsciiDigit(text[start]) || (start > 0 && char.IsLetterOrDigit(text[start - 1])))
                {
                    continue;
                }

                var digits = 0;
                var at = start;
                while (at < text.Length && digits < 16)
                {
                    if (char.IsAsciiDigit(text[at]))
                    {
                        digits++;
                    }
                    else if (text[at] is not (' ' or '-') || text[at - 1] is ' ' or '-')
                    {
                        break;
                    }

                    at++;
                }

                if (at == text.Length && !window.IsFinal)
                {
                    findings.Hold(start);
                }
                else if (digits == 16 && (at == text.Length || !char.IsLetterOrDigit(text[at])))
                {
                    var context = text[Math.Max(0, start - 45)..start].Contains("card", StringComparison.OrdinalIgnoreCase);
                    findings.Add(Card, start, at - start, context ? Confidence.ChecksumAndContext : Confidence.Checksum);
                }
            }
        }
    }

    /// <summary>Up to 32 name characters, an at sign, up to 32 more.</summary>
    private sealed class MailRecogniser : IRecogniser
    {
        private static readonly SearchValues<char> Name =
            SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.");

        public Reach Reach => new(1, 65, 1);

        public void Recognise(in TextWindow window, FindingCollector findings)
        {
            var text = window.Text;
            for (var start = window.From; start < text.Length; start++)
            {
                if (!Name.Contains(text[start]) || (start > 0 && Name.Contains(text[start - 1])))
                {
                    continue;
                }

                var at = RunEnd(text, start);
                var end = at < text.Length && text[at] == '@' ? RunEnd(text, at + 1) : at;
                if (end == text.Length && !window.IsFinal && at - start <= 32 && end - at <= 33)
                {
                    findings.Hold(start);
                }
                else if (end > at + 1 && at - start <= 32 && end - at <= 33)
                {
                    findings.Add(Mail, start, end - start, Confidence.StrictPattern);
                }
            }
        }

        private static int RunEnd(ReadOnlySpan<char> text, int start)
        {
            var length = text[start..].IndexOfAnyExcept(Name);
            return length < 0 ? text.Length : start + length;
        }
    }

    /// <summary><c>ghp_</c> and 12 to 40 letters or digits.</summary>
    private sealed class KeyRecogniser : IRecogniser
    {
        private const string Prefix = "ghp_";

        public Reach Reach => new(1, 44, 1);

        public void Recognise(in TextWindow window, FindingCollector findings)
        {
            var text = window.Text;
            for (var start = window.From; start < text.Length; start++)
            {
                if (text[start] != 'g' || (start > 0 && char.IsLetterOrDigit(text[start - 1])))
                {
                    continue;
                }

                var shared = text[start..].CommonPrefixLength(Prefix);
                var at = start + shared;
                while (shared == Prefix.Length && at < text.Length && at - start <= 44 && char.IsAsciiLetterOrDigit(text[at]))
                {
                    at++;
                }

                var length = at - start - Prefix.Length;
                if (at == text.Length && !window.IsFinal && length <= 40)
                {
                    findings.Hold(start);
                }
                else if (shared == Prefix.Length && length is >= 12 and <= 40)
                {
                    findings.Add(Key, start, at - start, Confidence.StrictPattern);
                }
            }
        }
    }
}
