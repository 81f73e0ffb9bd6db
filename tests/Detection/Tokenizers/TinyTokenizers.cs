using System.Text;
using System.Text.Json.Nodes;

namespace EdgeFilter.Detection.Tests.Tokenizers;

/// <summary>Small tokenizers of every kind, made from a corpus.</summary>
internal static class TinyTokenizers
{
    private static readonly char[] Alphabet = MakeAlphabet();

    private static readonly string[] Training = Corpus.Texts(seed: 7, random: 40);

    /// <summary>Name and tokenizer.json of each.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = Build();

    private static Dictionary<string, string> Build()
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (lower, accents) in new (bool, bool?)[] { (true, null), (false, null), (false, true), (true, false) })
        {
            all[$"bert lowercase {lower} strip_accents {accents}"] = File(
                WordPiece(), Node("BertNormalizer", ("clean_text", true), ("handle_chinese_chars", true), ("strip_accents", accents), ("lowercase", lower)), Node("BertPreTokenizer"), BertFrame());
        }

        all["bert without clean-up"] = File(
            WordPiece(), Node("BertNormalizer", ("clean_text", false), ("handle_chinese_chars", false), ("strip_accents", true), ("lowercase", false)), Node("BertPreTokenizer"), Node("BertProcessing", ("sep", Pair("[SEP]", 3)), ("cls", Pair("[CLS]", 2))));
        foreach (var form in new[] { "NFC", "NFD", "NFKC", "NFKD" })
        {
            all[$"word pieces {form}"] = File(WordPiece(), Node(form), Node("Whitespace"), BertFrame());
        }

        all["accents"] = File(WordPiece(), Sequence("normalizers", Node("NFD"), Node("StripAccents"), Node("Lowercase"), Node("Strip", ("strip_left", true), ("strip_right", true))), Sequence("pretokenizers", Node("WhitespaceSplit"), Node("Punctuation", ("behavior", "Contiguous")), Node("Digits", ("individual_digits", true))), null);
        all["words"] = File(Node("WordLevel", ("vocab", Numbered(Words())), ("unk_token", "[UNK]")), Node("Lowercase"), Node("Whitespace"), null);
        foreach (var (prefix, trim) in new[] { (true, true), (false, true), (false, false) })
        {
            all[$"roberta add_prefix_space {prefix} trim_offsets {trim}"] = File(
                BytePairs(byteLevel: true), null, Node("ByteLevel", ("add_prefix_space", prefix), ("trim_offsets", trim), ("use_regex", true)), Node("RobertaProcessing", ("sep", Pair("</s>", 1)), ("cls", Pair("<s>", 0)), ("trim_offsets", trim), ("add_prefix_space", prefix)));
        }

        all["modernbert"] = File(
            BytePairs(byteLevel: true, ignoreMerges: true), Node("NFC"), Node("ByteLevel", ("add_prefix_space", false), ("trim_offsets", true), ("use_regex", true)), BertFrame(("[CLS]", 4), ("[SEP]", 5)));
        all["llama 3"] = File(
            BytePairs(byteLevel: true, ignoreMerges: true), null, Sequence("pretokenizers", Split(@"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+", "Isolated"), Node("ByteLevel", ("add_prefix_space", false), ("trim_offsets", true), ("use_regex", false))), Sequence("processors", Node("ByteLevel", ("add_prefix_space", true), ("trim_offsets", false), ("use_regex", true)), BertFrame(("<s>", 0), ("</s>", 1))));
        all["cl100k, removed"] = File(
            BytePairs(byteLevel: true), Node("NFKC"), Sequence("pretokenizers", Split(@"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+", "Removed", invert: true), Node("ByteLevel", ("add_prefix_space", false), ("trim_offsets", true), ("use_regex", false))), null);
        all["pairs with an end of word"] = File(BytePairs(byteLevel: false, suffix: "</w>", unknown: "[UNK]"), Sequence("normalizers", Node("NFC"), Node("Lowercase"), Replace(("Regex", @"\s+"), " ")), Sequence("pretokenizers", Split("'s|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+", "Removed", invert: true)), null);
        all["pairs with bytes"] = File(BytePairs(byteLevel: false, bytes: true, unknown: "<unk>"), Sequence("normalizers", Node("Prepend", ("prepend", "▁")), Replace(("String", " "), "▁")), null, BertFrame(("<s>", 0), ("</s>", 1)));
        all["pairs with fused unknowns"] = File(BytePairs(byteLevel: false, unknown: "<unk>", fuse: true), Node("Strip", ("strip_left", true), ("strip_right", false)), Sequence("pretokenizers", Node("CharDelimiterSplit", ("delimiter", "e")), Node("Punctuation")), null);
        foreach (var scheme in new[] { "always", "first", "never" })
        {
            all[$"unigram {scheme}"] = File(Unigram(bytes: false), Sequence("normalizers", Node("Nmt"), Node("NFKC"), Replace(("Regex", " {2,}"), " ")), Sequence("pretokenizers", Node("Metaspace", ("replacement", "▁"), ("prepend_scheme", scheme), ("split", scheme != "never"))), BertFrame(("<s>", 0), ("</s>", 1)));
        }

        all["xlm-roberta"] = File(Unigram(bytes: false), Sequence("normalizers", Node("Precompiled", ("precompiled_charsmap", CharsMap.Base64())), Replace(("Regex", " {2,}"), " ")), Sequence("pretokenizers", Node("WhitespaceSplit"), Node("Metaspace", ("replacement", "▁"), ("add_prefix_space", true))), BertFrame(("<s>", 0), ("</s>", 1)));
        all["deberta v3"] = File(Unigram(bytes: true), Sequence("normalizers", Node("Strip", ("strip_left", true), ("strip_right", true)), Node("Precompiled", ("precompiled_charsmap", CharsMap.Base64())), Replace(("Regex", " {2,}"), " ")), Sequence("pretokenizers", Node("Metaspace", ("replacement", "▁"), ("prepend_scheme", "always"))), BertFrame(("[CLS]", 0), ("[SEP]", 1)));
        foreach (var behaviour in new[] { "Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous" })
        {
            all[$"split {behaviour}"] = File(WordPiece(), null, Sequence("pretokenizers", Split(@"[aeiou]|\s|(?<=\w)-(?=\w)|\bt|o+?|(?>fo+)x", behaviour), Node("Digits", ("individual_digits", false))), null);
            all[$"split {behaviour}, inverted"] = File(WordPiece(), Node("ByteLevel"), Split(@"\w+", behaviour, invert: true), null);
        }

        return all;
    }

    private static string File(JsonObject model, JsonNode? normaliser, JsonNode? splitter, JsonNode? frame) => new JsonObject
    {
        ["version"] = "1.0",
        ["truncation"] = null,
        ["padding"] = null,
        ["added_tokens"] = AddedTokens(model),
        ["normalizer"] = normaliser,
        ["pre_tokenizer"] = splitter,
        ["post_processor"] = frame,
        ["decoder"] = null,
        ["model"] = model,
    }.ToJsonString();

    private static JsonArray AddedTokens(JsonObject model)
    {
        var size = model["vocab"] is JsonArray list ? list.Count : model["vocab"]!.AsObject().Count;
        var known = model["vocab"] is JsonArray pairs
            ? pairs.Select((pair, index) => (Token: (string)pair![0]!, Id: index)).ToDictionary(t => t.Token, t => t.Id)
            : model["vocab"]!.AsObject().ToDictionary(t => t.Key, t => (int)t.Value!);
        var added = new List<JsonNode>();
        foreach (var (content, special, word, left, right, normalised) in new[]
        {
            ("<s>", true, false, false, false, false), ("</s>", true, false, false, false, false), ("[CLS]", true, false, false, false, false),
            ("[SEP]", true, false, false, false, false), ("<mask>", true, false, true, false, false), ("[MASK]", true, false, true, true, false),
            ("<unk>", true, false, false, false, false), ("added word", false, true, false, false, false), ("<tag>", false, false, false, true, true),
            ("Tag", false, true, true, false, true), ("fi", false, true, false, false, true),
        })
        {
            if (!known.TryGetValue(content, out var id))
            {
                id = size++;
            }

            added.Add(new JsonObject { ["id"] = id, ["content"] = content, ["single_word"] = word, ["lstrip"] = left, ["rstrip"] = right, ["normalized"] = normalised, ["special"] = special });
        }

        return new JsonArray([.. added.OrderBy(a => (int)a["id"]!)]);
    }

    private static JsonObject Node(string type, params (string Key, JsonNode? Value)[] values)
    {
        var node = new JsonObject { ["type"] = type };
        foreach (var (key, value) in values)
        {
            node[key] = value;
        }

        return node;
    }

    private static JsonObject Sequence(string key, params JsonNode[] steps) => new() { ["type"] = "Sequence", [key] = new JsonArray(steps) };

    private static JsonObject Split(string pattern, string behaviour, bool invert = false) =>
        Node("Split", ("pattern", new JsonObject { ["Regex"] = pattern }), ("behavior", behaviour), ("invert", invert));

    private static JsonObject Replace((string Kind, string Text) pattern, string content) =>
        Node("Replace", ("pattern", new JsonObject { [pattern.Kind] = pattern.Text }), ("content", content));

    private static JsonArray Pair(string token, int id) => [token, id];

    private static JsonObject BertFrame(params (string Token, int Id)[] tokens)
    {
        var (first, last) = tokens.Length == 2 ? (tokens[0], tokens[1]) : (("[CLS]", 2), ("[SEP]", 3));
        return Node(
            "TemplateProcessing",
            ("single", new JsonArray(Special(first.Item1), new JsonObject { ["Sequence"] = new JsonObject { ["id"] = "A", ["type_id"] = 0 } }, Special(last.Item1))),
            ("pair", new JsonArray(new JsonObject { ["Sequence"] = new JsonObject { ["id"] = "A", ["type_id"] = 0 } }, new JsonObject { ["Sequence"] = new JsonObject { ["id"] = "B", ["type_id"] = 1 } })),
            ("special_tokens", new JsonObject { [first.Item1] = Ids(first), [last.Item1] = Ids(last) }));

        static JsonObject Special(string token) => new() { ["SpecialToken"] = new JsonObject { ["id"] = token, ["type_id"] = 0 } };

        static JsonObject Ids((string Token, int Id) token) => new() { ["id"] = token.Token, ["ids"] = new JsonArray(token.Id), ["tokens"] = new JsonArray(token.Token) };
    }

    private static JsonObject Numbered(IEnumerable<string> tokens)
    {
        var vocabulary = new JsonObject();
        foreach (var token in tokens.Distinct())
        {
            vocabulary[token] = vocabulary.Count;
        }

        return vocabulary;
    }

    private static IEnumerable<string> Words() =>
        new[] { "[UNK]" }.Concat(Training.SelectMany(t => t.ToLowerInvariant().Split(' ', '\n', '\t')).Where(w => w.Length > 0 && IsWhole(w)).Take(400));

    private static JsonObject WordPiece()
    {
        // Most letters, few longer pieces, so that known, cut and unknown words all occur.
        var tokens = new List<string> { "[PAD]", "[UNK]", "[CLS]", "[SEP]" };
        var dice = new Random(11);
        foreach (var piece in Pieces(dice, 1500, 5))
        {
            tokens.Add(piece);
            tokens.Add("##" + piece);
        }

        return Node("WordPiece", ("unk_token", "[UNK]"), ("continuing_subword_prefix", "##"), ("max_input_chars_per_word", 40), ("vocab", Numbered(tokens)));
    }

    private static IEnumerable<string> Pieces(Random dice, int count, int longest)
    {
        foreach (var rune in Training.SelectMany(t => t.EnumerateRunes()).Where(r => r.Value != 0xFFFD).Distinct().Where(_ => dice.Next(10) > 0))
        {
            yield return rune.ToString();
        }

        for (var i = 0; i < count; i++)
        {
            var text = Training[dice.Next(Training.Length)];
            var start = dice.Next(text.Length + 1);
            var piece = text.Substring(start, Math.Min(dice.Next(2, longest), text.Length - start)).Trim();
            if (piece.Length > 0 && IsWhole(piece))
            {
                yield return dice.Next(2) == 0 ? piece : piece.ToLowerInvariant();
            }
        }
    }

    private static bool IsWhole(string text) => text.EnumerateRunes().All(r => r.Value != 0xFFFD);

    private static JsonObject Unigram(bool bytes)
    {
        var dice = new Random(5);
        var tokens = new List<string> { "<s>", "</s>", "<unk>", "▁" };
        if (bytes)
        {
            tokens.AddRange(Enumerable.Range(0, 256).Select(b => $"<0x{b:X2}>"));
        }

        tokens.AddRange(Pieces(dice, 2500, 6).Select(p => dice.Next(3) == 0 ? "▁" + p : p.Replace(' ', '▁')));
        var list = new JsonArray([.. tokens.Distinct().Select(t => (JsonNode)new JsonArray(t, -Math.Round(dice.NextDouble() * 12, 3)))]);
        return Node("Unigram", ("unk_id", 2), ("vocab", list), ("byte_fallback", bytes));
    }

    private static JsonObject BytePairs(bool byteLevel, bool ignoreMerges = false, string suffix = "", bool bytes = false, string? unknown = null, bool fuse = false)
    {
        var dice = new Random(3);
        var tokens = new List<string> { "<s>", "</s>", "<unk>", "[UNK]", "[CLS]", "[SEP]" };
        var words = Training.SelectMany(t => t.Split(' ')).Where(w => w.Length > 0 && IsWhole(w)).Select(w => byteLevel ? ByteLevel("Ġ" + w) : w).ToArray();
        var letters = byteLevel ? [.. Enumerable.Range(0, 256).Select(b => Alphabet[b].ToString())] : words.SelectMany(w => w.EnumerateRunes()).Select(r => r.ToString()).Distinct().Where(_ => dice.Next(12) > 0).ToArray();
        tokens.AddRange(letters);
        tokens.AddRange(suffix.Length > 0 ? letters.Select(l => l + suffix) : []);
        tokens.AddRange(bytes ? Enumerable.Range(0, 256).Select(b => $"<0x{b:X2}>") : []);
        var known = tokens.ToHashSet();
        var merges = new List<JsonNode>();
        for (var i = 0; i < 4000 && merges.Count < 900; i++)
        {
            var word = words[dice.Next(words.Length)];
            var symbols = word.EnumerateRunes().Select(r => r.ToString()).ToArray();
            var start = dice.Next(symbols.Length);
            var (middle, end) = (start + dice.Next(1, 3), 0);
            end = Math.Min(middle + dice.Next(1, 3), symbols.Length);
            if (middle >= end)
            {
                continue;
            }

            var (first, second) = (string.Concat(symbols[start..middle]), string.Concat(symbols[middle..end]) + (end == symbols.Length ? suffix : ""));
            if (known.Contains(first) && known.Contains(second) && (known.Add(first + second) || dice.Next(4) == 0))
            {
                tokens.Add(first + second);
                merges.Add(merges.Count % 2 == 0 && !first.Contains(' ') && !second.Contains(' ') ? new JsonArray(first, second) : new JsonArray(first, second));
            }
        }

        return Node(
            "BPE", ("dropout", null), ("unk_token", unknown), ("continuing_subword_prefix", null), ("end_of_word_suffix", suffix.Length > 0 ? suffix : null), ("fuse_unk", fuse), ("byte_fallback", bytes), ("ignore_merges", ignoreMerges), ("vocab", Numbered(tokens)), ("merges", new JsonArray([.. merges])));
    }

    private static string ByteLevel(string word) => string.Concat(Encoding.UTF8.GetBytes(word.Replace('Ġ', ' ')).Select(b => Alphabet[b]));

    private static char[] MakeAlphabet()
    {
        var next = 0x100;
        return [.. Enumerable.Range(0, 256).Select(b => b is (>= 33 and <= 126) or (>= 161 and <= 172) or (>= 174) ? (char)b : (char)next++)];
    }
}
