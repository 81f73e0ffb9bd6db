using System.Text;
using EdgeFilter.Detection.Tokenizers;

namespace EdgeFilter.Detection.Tests.Tokenizers;

/// <summary>Ids and places are those of the reference implementation.</summary>
public sealed class TokenizerParityTests(ReferenceTokenizers reference) : IClassFixture<ReferenceTokenizers>
{
    /// <summary>For a long search: EDGEFILTER_PARITY_TEXTS=5000.</summary>
    private static readonly string[] Texts = Corpus.Texts(seed: 1, random: int.Parse(Environment.GetEnvironmentVariable("EDGEFILTER_PARITY_TEXTS") ?? "30", System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public async Task Encode_TokenizersOfEveryKind_GiveTheReferencesIdsAndPlaces()
    {
        var expected = await reference.EncodeAsync(TinyTokenizers.All.Values.Select(t => (t, Texts)));
        var problems = new List<string>();
        var index = 0;
        foreach (var (name, json) in TinyTokenizers.All)
        {
            var tokenizer = Tokenizer.Read(Encoding.UTF8.GetBytes(json));
            for (var i = 0; i < Texts.Length; i++)
            {
                if (Difference(tokenizer, Texts[i], expected[index][i]) is { } difference)
                {
                    problems.Add($"{name}, text {i} {Escaped(Texts[i])}: {difference}");
                }
            }

            index++;
        }

        Assert.True(problems.Count == 0, $"{problems.Count} differ.\n" + string.Join("\n", problems.Take(25)));
    }

    private static string? Difference(Tokenizer tokenizer, string text, ReferenceAnswer? expected)
    {
        var encoded = new EncodedText();
        try
        {
            tokenizer.Encode(text, encoded);
        }
        catch (TokenizerException refused)
        {
            return expected is null ? null : "we refuse: " + refused.Message;
        }

        if (expected is null)
        {
            return "the reference refuses";
        }

        var points = CodePointIndex(text);
        var ids = encoded.Ids.ToArray();
        var places = encoded.Places.ToArray().Select(p => (points[p.Start], points[p.End])).ToArray();
        var common = Math.Min(ids.Length, expected.Ids.Length);
        for (var i = 0; i < common; i++)
        {
            if (ids[i] != expected.Ids[i] || places[i] != expected.Places[i])
            {
                return $"token {i} is {ids[i]} at {places[i]}, expected {expected.Ids[i]} at {expected.Places[i]}";
            }
        }

        return ids.Length == expected.Ids.Length ? null : $"{ids.Length} tokens, expected {expected.Ids.Length}";
    }

    private static int[] CodePointIndex(string text)
    {
        var points = new int[text.Length + 1];
        for (var i = 0; i < text.Length; i++)
        {
            var isSecondHalf = i > 0 && char.IsLowSurrogate(text[i]) && char.IsHighSurrogate(text[i - 1]);
            points[i + 1] = points[i] + (isSecondHalf ? 0 : 1);
        }

        return points;
    }

    private static string Escaped(string text) =>
        string.Concat(text.Take(60).Select(c => c is >= ' ' and < '\x7F' ? c.ToString() : $"\\u{(int)c:X4}"));
}
