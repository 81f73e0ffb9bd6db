using System.Globalization;
using System.Text.Json;

namespace EdgeFilter.Detection.Classifiers.Models.Transformers;

/// <summary>Reads <c>config.json</c> of a Hugging Face folder.</summary>
internal static class TransformerConfigReader
{
    /// <summary>Longer inputs than this cost more than they tell: windows of it overlap instead.</summary>
    private const int LongestInput = 512;

    private const int MostLabels = 1_000;
    private const int LongestLabel = 100;

    /// <summary>Families whose positions are counted from behind the padding token's number.</summary>
    private static readonly string[] OffsetPositions = ["roberta", "xlm-roberta", "camembert", "xlm-roberta-xl", "longformer", "mpnet"];

    /// <exception cref="ModelException">It is no such file, or describes a model of another kind.</exception>
    public static TransformerConfig Read(string model, byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(model, document.RootElement);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            throw Bad(model, "it is not valid JSON, or a value is of another type than it should be", wrong);
        }
    }

    private static TransformerConfig Read(string model, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Bad(model, "it must be an object");
        }

        var labels = Labels(model, root);
        var architecture = root.TryGetProperty("architectures", out var names) && names.ValueKind == JsonValueKind.Array && names.GetArrayLength() > 0 ? names[0].GetString() ?? "" : "";
        var problem = Text(root, "problem_type");
        var task = architecture.EndsWith("ForTokenClassification", StringComparison.Ordinal) ? ModelTask.Tokens
            : problem switch
            {
                "multi_label_classification" => ModelTask.MultiLabel,
                "single_label_classification" or "" => labels.Count == 1 ? ModelTask.MultiLabel : ModelTask.SingleLabel,
                _ => throw Bad(model, $"problem_type '{problem}' is not a classification"),
            };
        if (architecture.Length > 0 && !architecture.EndsWith("Classification", StringComparison.Ordinal))
        {
            throw Bad(model, $"'{architecture}' classifies nothing. Export the model with its head for sequence or token classification");
        }

        var kind = Text(root, "model_type");
        var pad = Whole(root, "pad_token_id") ?? 0;
        var positions = Whole(root, "max_position_embeddings") ?? LongestInput;
        if (OffsetPositions.Contains(kind))
        {
            positions -= pad + 1;
        }

        return positions is < 16 or > 1_000_000 || pad < 0
            ? throw Bad(model, "max_position_embeddings or pad_token_id is out of range")
            : new TransformerConfig(labels, task, Math.Min(LongestInput, positions), pad, architecture.Length > 0 ? architecture : kind);
    }

    private static List<string> Labels(string model, JsonElement root)
    {
        if (!root.TryGetProperty("id2label", out var written) || written.ValueKind != JsonValueKind.Object)
        {
            throw Bad(model, "id2label is missing: add what each output means, as {\"0\": \"NAME\", …}");
        }

        var byId = new SortedDictionary<int, string>();
        foreach (var entry in written.EnumerateObject())
        {
            var name = entry.Value.GetString();
            if (!int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id >= MostLabels || name is not { Length: > 0 and <= LongestLabel })
            {
                throw Bad(model, $"id2label must number at most {MostLabels} labels from 0 on, none empty or longer than {LongestLabel} characters");
            }

            byId[id] = name;
        }

        return byId.Count > 0 && byId.Keys.Last() == byId.Count - 1 && byId.Values.Distinct(StringComparer.Ordinal).Count() == byId.Count
            ? [.. byId.Values]
            : throw Bad(model, "id2label must number its labels from 0 on without a gap, each label once");
    }

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static int? Whole(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    private static ModelException Bad(string model, string why, Exception? inner = null) =>
        new(model, ModelFault.BadManifest, $"{model}/{HuggingFaceFolder.ConfigFile}: {why}.", inner);
}
