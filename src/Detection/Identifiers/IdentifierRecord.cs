using System.Text.Json;

namespace EdgeFilter.Detection.Identifiers;

/// <summary>A row of <c>Data/identifiers.json</c>.</summary>
internal sealed record IdentifierRecord
{
    public required DetectorInfo Info { get; init; }

    /// <summary>The shape, as <see cref="Patterns.LinearPattern"/> reads it.</summary>
    public required string Pattern { get; init; }

    /// <summary>True where upper and lower case differ.</summary>
    public bool IsCaseSensitive { get; init; }

    /// <summary>The check rule, or empty.</summary>
    public required string CheckRule { get; init; }

    /// <summary>The rule is unofficial, or genuine values break it: a failure lowers the confidence beside a context word.</summary>
    public bool IsLenient { get; init; }

    /// <summary>What reads it instead of the general scanner; empty for most.</summary>
    public required string Reader { get; init; }

    /// <summary>Confidences without a word near by: written with marks or letters, in groups, as bare digits. 0: not reported.</summary>
    public required float[] Alone { get; init; }

    /// <summary>Confidence beside a context word.</summary>
    public required float Near { get; init; }

    /// <summary>Further shapes, which count beside a context word alone: without the country's letters, a separator or a last group.</summary>
    public required IReadOnlyList<string> Beside { get; init; }

    /// <summary>Context words of all languages.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    public static IdentifierRecord Read(JsonElement row)
    {
        var strength = Text(row, "strength");
        var country = Text(row, "country");
        var words = new List<string>();
        foreach (var language in row.GetProperty("words").EnumerateObject())
        {
            words.AddRange(language.Value.EnumerateArray().Select(w => w.GetString()!));
        }

        var alone = Steps(Text(row, "alone"));
        return new IdentifierRecord
        {
            Info = new DetectorInfo
            {
                Id = Text(row, "id"),
                Entity = Text(row, "entity"),
                Country = country,
                Name = Text(row, "name"),
                Category = Text(row, "category"),
                Strength = strength switch
                {
                    "checksum" => DetectorStrength.Checksum,
                    "structure" => DetectorStrength.Structure,
                    "pattern" => DetectorStrength.Pattern,
                    _ => DetectorStrength.Context,
                },
                Aliases = Texts(row, "aliases"),
                Examples = [.. Texts(row, "examples").Select(e => Findable(e, alone, words))],
                CounterExamples = [.. Texts(row, "counterExamples").Select(e => Findable(e, alone, words))],
                Source = Text(row, "source"),
                Specificity = country != "*" ? 10 : Text(row, "reader") == "password" ? LikeAssignment : 0,
            },
            Pattern = Text(row, "pattern"),
            IsCaseSensitive = Text(row, "case") == "exact" || Text(row, "reader").Length > 0,
            CheckRule = Text(row, "check"),
            IsLenient = row.TryGetProperty("lenient", out var lenient) && lenient.GetBoolean(),
            Reader = Text(row, "reader"),
            Alone = alone,
            Near = Step(Text(row, "near")),
            Beside = Texts(row, "beside"),
            Words = words,
        };
    }

    /// <summary>The value, with a context word before it where it is nothing without.</summary>
    private static string Findable(string value, float[] alone, List<string> words)
    {
        var isFindable = value.AsSpan().ContainsAnyExceptInRange('0', '9') ? alone[0] > 0 && alone[1] > 0 : alone[2] > 0;
        return isFindable || words.Count == 0 ? value : $"{words[0]}: {value}";
    }

    // As specific as an assignment to something called a password: what both find is both.
    private const int LikeAssignment = 1;

    private static float[] Steps(string text)
    {
        var steps = text.Split(' ').Select(Step).ToArray();
        return steps.Length == 3 ? steps : [steps[0], steps[0], steps[0]];
    }

    private static float Step(string name) => name switch
    {
        "certain" => Confidence.ChecksumAndContext,
        "strong" => Confidence.StrongChecksum,
        "strict-near" => Confidence.StrictPatternAndContext,
        "check" => Confidence.Checksum,
        "strict" => Confidence.StrictPattern,
        "weak-near" => Confidence.WeakPatternAndContext,
        "weak" => Confidence.WeakPattern,
        "none" => 0,
        _ => throw new FormatException($"'{name}' is no confidence step."),
    };

    private static string Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.GetString()! : "";

    private static IReadOnlyList<string> Texts(JsonElement row, string name) =>
        row.TryGetProperty(name, out var values) ? [.. values.EnumerateArray().Select(v => v.GetString()!)] : [];
}
