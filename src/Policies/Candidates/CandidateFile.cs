using System.Text.Json;

namespace EdgeFilter.Policies.Candidates;

/// <summary>The file in which a proposed candidate waits for a decision, over restarts too.</summary>
/// <param name="path">Its place; it need not exist.</param>
public sealed class CandidateFile(string path)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public string Path => path;

    /// <summary>What is proposed; null when nothing is, or when the file is none of ours.</summary>
    public CandidateProposal? Read()
    {
        try
        {
            // Contents are in base 64: a third larger than the files.
            var info = new FileInfo(path);
            return info.Exists && info.Length <= 2 * CandidateProposal.LargestTotal
                && JsonSerializer.Deserialize<CandidateProposal>(File.ReadAllBytes(path), Json) is { IsSane: true } proposal ? proposal : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps a proposal in place of any other, atomically.</summary>
    /// <exception cref="IOException">It is too large, or the disk is full or gone.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public void Write(CandidateProposal proposal)
    {
        if (proposal.Files.Sum(f => (long)f.Value.Length) > CandidateProposal.LargestTotal)
        {
            throw new IOException($"A candidate has at most {CandidateProposal.LargestTotal >> 20} MiB.");
        }

        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        var temporary = $"{path}.{Guid.NewGuid():N}.new";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(proposal, Json));
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Takes the proposal away.</summary>
    /// <returns>False when there was none.</returns>
    /// <exception cref="IOException">The file can't be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be removed.</exception>
    public bool Remove()
    {
        var existed = File.Exists(path);
        File.Delete(path);
        return existed;
    }

    internal string Stamp()
    {
        var info = new FileInfo(path);
        return info.Exists ? $"{info.Length} {info.LastWriteTimeUtc.Ticks}" : "";
    }
}
