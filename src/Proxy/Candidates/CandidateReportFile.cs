using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeFilter.Policies.Candidates;

namespace EdgeFilter.Proxy.Candidates;

/// <summary>The newest report, for commands that run beside the proxy. Holds names and numbers only.</summary>
/// <param name="path">Its place.</param>
internal sealed class CandidateReportFile(string path)
{
    private const long Largest = 4 << 20;

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>Writes the report. A disk that is full or read-only costs only the copy: the endpoint has the report too.</summary>
    public void Write(CandidateReportView report)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(report, Json));
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Failure = e.GetType().Name;
        }
    }

    public string Failure { get; private set; } = "";

    /// <summary>The report; null when there is none, or it can't be read.</summary>
    public CandidateReportView? Read()
    {
        try
        {
            var info = new FileInfo(path);
            return info.Exists && info.Length <= Largest ? JsonSerializer.Deserialize<CandidateReportView>(File.ReadAllBytes(path), Json) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
