using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeFilter.Policies.Combining;

namespace EdgeFilter.Policies.Lifecycle;

/// <summary>
/// The sets of policies that were in force, newest last, each with its files: what a restart beside a broken folder falls back on,
/// and what a rollback goes back to. Lives in a folder of its own; every file in it is replaced atomically.
/// </summary>
/// <remarks>
/// The running proxy alone writes the index; commands only add archives and make a choice. A version that was left by a rollback
/// keeps its place, so that going back twice goes back two steps.
/// </remarks>
public sealed class PolicyHistory(string folder)
{
    /// <summary>Older versions are forgotten.</summary>
    public const int Kept = 20;

    private const long LargestIndex = 1 << 20;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>Where it lives.</summary>
    public string Folder => folder;

    /// <summary>The file that tells of a choice: worth watching.</summary>
    internal string ChoiceFile => Path.Combine(folder, "chosen.json");

    /// <summary>Why the last version could not be kept; empty when it was.</summary>
    public string Failure { get; private set; } = "";

    /// <summary>What was in force and what is.</summary>
    public PolicyVersions Versions => ReadJson<PolicyVersions>(Path.Combine(folder, "versions.json")) is { IsSane: true } index ? index : PolicyVersions.None;

    /// <summary>The version that somebody chose; null when nobody did.</summary>
    public PolicyChoice? Choice => ReadJson<PolicyChoice>(ChoiceFile) is { IsSane: true } choice ? choice : null;

    /// <summary>The files of a version; empty when they are not kept or can't be read.</summary>
    public IReadOnlyList<SourceFile> Read(string digest) =>
        digest.Length == 64 && digest.All(char.IsAsciiHexDigitLower) ? PolicyArchive.Read(ArchiveOf(digest)) : [];

    /// <summary>Keeps the files of a set that may be chosen later.</summary>
    /// <exception cref="IOException">The folder can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public void Keep(PolicySet set, IReadOnlyList<SourceFile> sources) => PolicyArchive.Write(ArchiveOf(set.Digest), sources);

    /// <summary>Chooses a version. The running proxy notices; one that starts later does too.</summary>
    /// <exception cref="IOException">The folder can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public void Choose(PolicyChoice choice) => WriteJson(ChoiceFile, choice);

    /// <summary>Takes a choice back.</summary>
    internal void DropChoice()
    {
        try
        {
            File.Delete(ChoiceFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Failure = e.GetType().Name;
        }
    }

    /// <summary>Notes what has come into force. A full or read-only disk costs only the copy.</summary>
    internal void Applied(PolicySet set, IReadOnlyList<SourceFile> sources, PolicyOrigin origin, DateTimeOffset now)
    {
        try
        {
            var versions = Versions.Versions.ToList();
            var isForward = origin is PolicyOrigin.Folder or PolicyOrigin.Promotion;
            var known = versions.FindIndex(v => v.Digest == set.Digest);
            if (known < 0 || isForward)
            {
                if (known >= 0)
                {
                    versions.RemoveAt(known);
                }

                versions.Add(new PolicyVersion(set.Digest, now, origin, [.. set.Policies.Select(p => $"{p.Name!.Value} {p.Version!.Value}")]));
            }

            if (!File.Exists(ArchiveOf(set.Digest)))
            {
                Keep(set, sources);
            }

            var kept = versions.TakeLast(Kept).ToArray();
            WriteJson(Path.Combine(folder, "versions.json"), new PolicyVersions(set.Digest, kept));
            Prune(kept);
            Failure = "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing depends on the copy while the policies themselves are in force.
            Failure = e.GetType().Name;
        }
    }

    private void Prune(PolicyVersion[] kept)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.zip"))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            if (name.Length == 64 && kept.All(v => v.Digest != name) && Choice?.Digest != name)
            {
                File.Delete(file);
            }
        }
    }

    private string ArchiveOf(string digest) => Path.Combine(folder, digest + ".zip");

    private static T? ReadJson<T>(string file)
        where T : class
    {
        try
        {
            var info = new FileInfo(file);
            return info.Exists && info.Length <= LargestIndex ? JsonSerializer.Deserialize<T>(File.ReadAllBytes(file), Json) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static void WriteJson<T>(string file, T value)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var temporary = $"{file}.{Guid.NewGuid():N}.new";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(value, Json));
        File.Move(temporary, file, overwrite: true);
    }
}

/// <summary>The versions that are kept.</summary>
/// <param name="Current">Digest of what is in force; empty before anything was.</param>
/// <param name="Versions">In the order in which they came, newest last.</param>
public sealed record PolicyVersions(string Current, IReadOnlyList<PolicyVersion> Versions)
{
    internal static PolicyVersions None { get; } = new("", []);

    [JsonIgnore]
    internal bool IsSane => Current is not null && Versions is not null && Versions.All(v => v is { Digest.Length: 64, Policies: not null });

    /// <summary>What was in force before a version; null when nothing is known to have been.</summary>
    public PolicyVersion? Before(string digest)
    {
        var at = Versions.ToList().FindIndex(v => v.Digest == digest);
        return at > 0 ? Versions[at - 1] : null;
    }

    /// <summary>The one version whose digest begins so; null when there is none, or several.</summary>
    public PolicyVersion? Find(string start)
    {
        var found = Versions.Where(v => v.Digest.StartsWith(start, StringComparison.OrdinalIgnoreCase)).Take(2).ToArray();
        return start.Length > 0 && found.Length == 1 ? found[0] : null;
    }
}
