using System.CommandLine;
using System.Text.Json;
using EdgeFilter.Detection;
using EdgeFilter.Detection.Tokenizers;

namespace EdgeFilter.Proxy.Commands;

/// <summary>
/// <c>edgefilter models tokenize</c>: JSON Lines <c>{"id","text"}</c> in, <c>{"id","ids","offsets"}</c> out, in order: what a
/// <c>tokenizer.json</c> makes of a text, to compare with what its makers get.
/// </summary>
internal static class ModelTokens
{
    public static Command Create()
    {
        var file = new Option<FileInfo>("--tokenizer") { Description = "A tokenizer.json.", Required = true };
        var bare = new Option<bool>("--no-special-tokens") { Description = "Without the tokens that stand around every text." };
        var points = new Option<bool>("--code-points") { Description = "Offsets count code points; otherwise UTF-16 code units." };
        var command = new Command("tokenize", "Shows the token ids and offsets of texts: JSON Lines {\"id\",\"text\"} in, {\"id\",\"ids\",\"offsets\"} out.") { file, bare, points };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(file), !parsed.GetValue(bare), parsed.GetValue(points), Console.OpenStandardInput(), Console.OpenStandardOutput(), Console.Error));
        return command;
    }

    /// <returns>0, or 2 for a file, a line or a text that can't be used.</returns>
    internal static int Run(FileInfo file, bool framed, bool codePoints, Stream input, Stream output, TextWriter errors)
    {
        try
        {
            var tokenizer = Tokenizer.Read(File.ReadAllBytes(file.FullName));
            var encoded = new EncodedText();
            return new JsonLines(input, output, errors, threads: 1).Run((text, json) =>
            {
                tokenizer.Encode(text, encoded, framed);
                Write(encoded, codePoints ? CodePointIndex(text) : null, json);
            });
        }
        catch (TokenizerException refused)
        {
            errors.WriteLine(refused.Message);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine("The file that --tokenizer names can't be read.");
        }

        return ModelsFolder.BadUsage;
    }

    private static void Write(EncodedText encoded, int[]? index, Utf8JsonWriter json)
    {
        json.WriteStartArray("ids");
        foreach (var id in encoded.Ids)
        {
            json.WriteNumberValue(id);
        }

        json.WriteEndArray();
        json.WriteStartArray("offsets");
        foreach (var place in encoded.Places)
        {
            json.WriteStartArray();
            json.WriteNumberValue(index is null ? place.Start : index[place.Start]);
            json.WriteNumberValue(index is null ? place.End : index[place.End]);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static int[] CodePointIndex(string text)
    {
        var index = new int[text.Length + 1];
        for (var i = 0; i < text.Length; i++)
        {
            var isSecondHalf = char.IsLowSurrogate(text[i]) && i > 0 && char.IsHighSurrogate(text[i - 1]);
            index[i + 1] = index[i] + (isSecondHalf ? 0 : 1);
        }

        return index;
    }
}
