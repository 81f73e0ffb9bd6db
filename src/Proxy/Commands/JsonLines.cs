using System.Buffers;
using System.Text;
using System.Text.Json;

namespace EdgeFilter.Proxy.Commands;

/// <summary>
/// Texts as JSON Lines: <c>{"id":…,"text":"…"}</c> in, one line out for each line in, in order. Lines are worked on in parallel;
/// memory is bounded by a batch. Messages name a line by its number and never repeat it.
/// </summary>
internal sealed class JsonLines(Stream input, Stream output, TextWriter errors, int threads, LineProgress? progress = null)
{
    public const int Fine = 0;
    public const int Finding = 1;
    public const int BadUsage = 2;
    private const int BatchLines = 512;
    private const int BatchCharacters = 8 << 20;

    /// <param name="handle">Writes the members that follow <c>"id"</c>. Called by several threads at once.</param>
    /// <returns>0, or 2 at the first line that can't be used.</returns>
    public int Run(Action<string, Utf8JsonWriter> handle)
    {
        using var reader = new StreamReader(input, new UTF8Encoding(false, throwOnInvalidBytes: true), false, 1 << 16);
        try
        {
            return Run(reader, handle);
        }
        catch (DecoderFallbackException)
        {
            errors.WriteLine("The input is not valid UTF-8.");
            return BadUsage;
        }
    }

    private int Run(StreamReader reader, Action<string, Utf8JsonWriter> handle)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        var batch = new List<Line>(BatchLines);
        var buffers = new List<ArrayBufferWriter<byte>>(BatchLines);
        long number = 0;
        while (true)
        {
            batch.Clear();
            var characters = 0;
            var result = Fine;
            string? line = null;
            while (batch.Count < BatchLines && characters < BatchCharacters && (line = reader.ReadLine()) is not null)
            {
                number++;
                if (string.IsNullOrWhiteSpace(line))
                {
                    continue;
                }

                if (!TryParse(line, out var row))
                {
                    errors.WriteLine($"Line {number} is not a JSON object with \"id\" and a string \"text\".");
                    result = BadUsage;
                    break;
                }

                characters += row.Text.Length;
                batch.Add(row);
            }

            while (buffers.Count < batch.Count)
            {
                buffers.Add(new ArrayBufferWriter<byte>());
            }

            if (threads == 1)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    Write(batch[i], buffers[i], handle);
                }
            }
            else
            {
                Parallel.For(0, batch.Count, parallel, i => Write(batch[i], buffers[i], handle));
            }

            for (var i = 0; i < batch.Count; i++)
            {
                output.Write(buffers[i].WrittenSpan);
            }

            output.Flush();
            progress?.Report(number);
            if (result != Fine || line is null)
            {
                progress?.End();
                return result;
            }
        }
    }

    private static void Write(in Line line, ArrayBufferWriter<byte> buffer, Action<string, Utf8JsonWriter> handle)
    {
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WritePropertyName("id");
            line.Id.WriteTo(json);
            handle(line.Text, json);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
    }

    private static bool TryParse(string line, out Line row)
    {
        row = default;
        try
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("id", out var id)
                || !document.RootElement.TryGetProperty("text", out var text)
                || text.ValueKind != JsonValueKind.String)
            {
                return false;
            }

            row = new Line(id.Clone(), ReadText(text));
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // A string may hold half a surrogate pair, which no UTF-16 reader of the framework accepts: it reads as U+FFFD, one unit for
    // one unit, so that offsets stay those of the line.
    private static string ReadText(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return LoneSurrogates.Replace(text.GetRawText().AsSpan()[1..^1]);
        }
    }

    private readonly record struct Line(JsonElement Id, string Text);
}
