using System.Text;

namespace EdgeFilter.Bench.Fuzz;

/// <summary>Damages inputs: flips, cuts, copies, mixes two, and puts in what has surprised parsers before.</summary>
internal static class Mutation
{
    private static readonly byte[][] Surprises = [.. new[]
    {
        "\\u0000", "\\ud800", "\\ud83d\\ude00", "\\udc00", "\\u0063ontent", "\"", "\\", "\\\"", "{", "}", "[", "]", ",", ":", "null", "NaN", "1e400",
        "-0", "\"content\":\"x\",", "\"Content\":1,", "\"role\":\"system\",", "\"type\":\"text\",", "\uFEFF", "\u2028", "😀", "ſ", "\0", "//", "/*", "\r\n\r\n",
        "data:text/plain;base64,", "\r\n", "\n", "\r\n--bound", "\r\n--bound--\r\n", "--bound", "\"; filename=\"", "filename*=utf-8''", " --> ", "WEBVTT", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "{\\\"a\\\":1}", "12345678901234567890",
    }.Select(Encoding.UTF8.GetBytes), [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82]];

    public static byte[] Of(IReadOnlyList<byte[]> seeds, Random random)
    {
        var input = seeds[random.Next(seeds.Count)].ToList();
        for (var i = random.Next(0, 5); i > 0 && input.Count > 0; i--)
        {
            var at = random.Next(input.Count);
            var length = Math.Min(random.Next(1, 24), input.Count - at);
            switch (random.Next(9))
            {
                case 0:
                    input[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    input.RemoveRange(at, length);
                    break;
                case 2:
                    input.InsertRange(at, input.GetRange(at, length));
                    break;
                case 3:
                    var other = seeds[random.Next(seeds.Count)];
                    var from = random.Next(other.Length);
                    input.InsertRange(at, other.AsSpan(from, Math.Min(random.Next(1, 60), other.Length - from)));
                    break;
                case 4:
                    input.RemoveRange(at, input.Count - at);
                    break;
                case 5:
                case 6:
                    // Inside a string most things stay valid, which goes deeper into the parser.
                    var quote = input.IndexOf((byte)'"', at);
                    input.InsertRange(quote < 0 ? at : quote, Surprises[random.Next(Surprises.Length)].AsSpan());
                    break;
                default:
                    input.InsertRange(at, Surprises[random.Next(Surprises.Length)].AsSpan());
                    break;
            }
        }

        return [.. input];
    }
}
