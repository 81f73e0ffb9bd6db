using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using EdgeFilter.Detection.Tokenizers;

namespace EdgeFilter.Detection.Tests.Tokenizers;

public sealed class TokenizerTests
{
    private const string Words = """{"model":{"type":"WordLevel","vocab":{"a":0,"b":1,"u":2},"unk_token":"u"},"pre_tokenizer":{"type":"WhitespaceSplit"}}""";

    [Fact]
    public void Encode_HalfOfAPair_IsReadAsAReplacementCharacter()
    {
        var encoded = Encode(Words, "a \uD83D b");

        Assert.Equal([0, 2, 1], encoded.Ids.ToArray());
        Assert.Equal([new TextSpan(0, 1), new TextSpan(2, 1), new TextSpan(4, 1)], encoded.Places.ToArray());
    }

    [Fact]
    public void Encode_EmojiBeforeAWord_PlacesAreUtf16()
    {
        Assert.Equal([new TextSpan(0, 2), new TextSpan(3, 1)], Encode(Words, "😀 b").Places.ToArray());
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("[]", "must be an object")]
    [InlineData("{}", "'model' is missing")]
    [InlineData("""{"model":{"type":"Magic","vocab":{}}}""", "'Magic' is not supported")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":["a b"]}}""", "Merge 1")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":["a b c"]}}""", "joins two tokens")]
    [InlineData("""{"model":{"type":"BPE","dropout":0.1,"vocab":{"a":0},"merges":[]}}""", "dropout")]
    [InlineData("""{"model":{"type":"WordPiece","vocab":{"a":0},"unk_token":"[UNK]"}}""", "unk_token")]
    [InlineData("""{"model":{"type":"WordLevel","vocab":{"a":2000000000},"unk_token":"a"}}""", "id is not from 0")]
    [InlineData("""{"model":{"type":"WordLevel","vocab":{"a":-1},"unk_token":"a"}}""", "id is not from 0")]
    [InlineData("""{"model":{"type":"WordLevel","vocab":{"\ud83d":0},"unk_token":"a"}}""", "half a surrogate pair")]
    [InlineData("""{"model":{"type":"Unigram","vocab":[["a"]],"unk_id":0}}""", "a token and its score")]
    [InlineData("""{"model":{"type":"Unigram","vocab":[["a",-1.0]],"unk_id":7}}""", "unk_id is not in it")]
    [InlineData("""{"model":{"type":"WordLevel","vocab":{"a":0}},"normalizer":{"type":"Precompiled","precompiled_charsmap":"AAAA"}}""", "precompiled_charsmap")]
    [InlineData("""{"model":{"type":"WordLevel","vocab":{"a":0}},"normalizer":{"type":"Precompiled","precompiled_charsmap":"*"}}""", "not base64")]
    [InlineData("""{"model":{"type":"WordLevel","vocab":{"a":0}},"normalizer":{"type":"Rot13"}}""", "'Rot13' is not supported")]
    [InlineData("""{"model":{"type":"WordLevel","vocab":{"a":0}},"pre_tokenizer":{"type":"Split","pattern":{"Regex":"(a*)*"},"behavior":"Isolated"}}""", "repeated without end")]
    [InlineData("""{"model":{"type":"WordLevel","vocab":{"a":0}},"pre_tokenizer":{"type":"Split","pattern":{"Regex":"(a"},"behavior":"Isolated"}}""", "'(' without ')'")]
    [InlineData("""{"model":{"type":"WordLevel","vocab":{"a":0}},"pre_tokenizer":{"type":"Split","pattern":{"Regex":"[a"},"behavior":"Isolated"}}""", "'[' without ']'")]
    [InlineData("""{"model":{"type":"WordLevel","vocab":{"a":0}},"pre_tokenizer":{"type":"Split","pattern":{"Regex":"((a{1000}){1000}){1000}"},"behavior":"Isolated"}}""", "too large")]
    [InlineData("""{"model":{"type":"WordLevel","vocab":{"a":0}},"post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"x","type_id":0}}],"special_tokens":{}}}""", "special_tokens lacks")]
    [InlineData("""{"model":{"type":"WordLevel","vocab":{"a":0}},"post_processor":{"type":"BertProcessing","sep":["x"],"cls":["y",1]}}""", "a token and its id")]
    public void Read_FileThatCantBeUsed_SaysWhy(string json, string why)
    {
        var refused = Assert.Throws<TokenizerException>(() => Tokenizer.Read(Encoding.UTF8.GetBytes(json)));

        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FilesDamagedAnywhere_AreReadOrRefused()
    {
        var dice = new Random(4);
        foreach (var json in TinyTokenizers.All.Values.Select(Encoding.UTF8.GetBytes))
        {
            for (var i = 0; i < 12; i++)
            {
                var damaged = json.ToArray();
                damaged[dice.Next(damaged.Length)] = (byte)dice.Next(256);
                var length = dice.Next(3) == 0 ? dice.Next(damaged.Length) : damaged.Length;
                try
                {
                    Tokenizer.Read(damaged.AsMemory(0, length)).Encode("The quick brown fox, 12 e\u0301", new EncodedText());
                }
                catch (TokenizerException refused)
                {
                    Assert.NotEmpty(refused.Message);
                }
            }
        }
    }

    [Fact]
    public void Read_DeeplyNestedFile_IsRefused()
    {
        var json = """{"normalizer":""" + string.Concat(Enumerable.Repeat("""{"type":"Sequence","normalizers":[""", 10_000));

        Assert.Throws<TokenizerException>(() => Tokenizer.Read(Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void Encode_PatternThatGoesBackOverEverything_IsStoppedByItsBudget()
    {
        var json = Words.Replace("""{"type":"WhitespaceSplit"}""", """{"type":"Split","pattern":{"Regex":"(x+x+)+y"},"behavior":"Isolated"}""", StringComparison.Ordinal);

        var refused = Assert.Throws<TokenizerException>(() => Encode(json, new string('x', 2000)));

        Assert.Contains("too often", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_LongHostileTexts_TakeTimeInProportion()
    {
        // Some 20 ms each; quadratic work on any of these takes many seconds.
        string[] units = ["a", " ", "e\u0301", "\u0300\u0323", "<mask>", " <", "\u1100\u1161", "👨‍👩‍👧‍👦", "\r", "▁", "aaaaaaaa ", "\uD83D"];
        foreach (var name in new[] { "bert lowercase True strip_accents ", "llama 3", "pairs with fused unknowns", "xlm-roberta", "deberta v3", "split Contiguous" })
        {
            var tokenizer = Tokenizer.Read(Encoding.UTF8.GetBytes(TinyTokenizers.All[name]));
            foreach (var unit in units)
            {
                var text = string.Concat(Enumerable.Repeat(unit, 60_000 / unit.Length));
                var watch = Stopwatch.StartNew();
                tokenizer.Encode(text, new EncodedText());
                Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{name} took {watch.Elapsed} for {text.Length} characters.");
            }
        }
    }

    [Fact]
    public void Encode_ManyThreads_GiveTheSame()
    {
        var tokenizer = Tokenizer.Read(Encoding.UTF8.GetBytes(TinyTokenizers.All["deberta v3"]));
        var texts = Corpus.Texts(seed: 2, random: 40);
        var expected = texts.Select(t => Ids(tokenizer, t)).ToArray();

        Parallel.For(0, texts.Length * 8, i => Assert.Equal(expected[i % texts.Length], Ids(tokenizer, texts[i % texts.Length])));
    }

    [Fact]
    public void Find_AddedAndKnownTokens_GivesTheirIds()
    {
        var json = JsonNode.Parse(Words)!;
        json["added_tokens"] = new JsonArray(new JsonObject { ["id"] = 9, ["content"] = "[X]", ["special"] = true });
        var tokenizer = Tokenizer.Read(Encoding.UTF8.GetBytes(json.ToJsonString()));

        Assert.Equal((9, 1, -1, 10), (tokenizer.Find("[X]"), tokenizer.Find("b"), tokenizer.Find("c"), tokenizer.VocabularySize));
    }

    private static int[] Ids(Tokenizer tokenizer, string text)
    {
        var encoded = new EncodedText();
        tokenizer.Encode(text, encoded);
        return encoded.Ids.ToArray();
    }

    private static EncodedText Encode(string json, string text)
    {
        var encoded = new EncodedText();
        Tokenizer.Read(Encoding.UTF8.GetBytes(json)).Encode(text, encoded);
        return encoded;
    }
}
