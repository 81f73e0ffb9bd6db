using System.IO.Compression;
using EdgeFilter.Policies.Combining;

namespace EdgeFilter.Policies.Lifecycle;

/// <summary>Keeps the files of the last sound policies, so that a restart beside a broken folder still protects.</summary>
internal sealed class LastGoodPolicies(string path)
{
    // Written by us; bounded all the same, because a file on disk is anybody's.
    private const long LargestTotal = 64L << 20;

    /// <summary>Replaces what was kept, atomically. A full or read-only disk costs only the copy.</summary>
    public void Write(IReadOnlyList<SourceFile> sources)
    {
        var temporary = path + ".new";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using (var archive = ZipFile.Open(Fresh(temporary), ZipArchiveMode.Create))
            {
                foreach (var source in sources.Where(s => s.Bytes is not null))
                {
                    using var entry = archive.CreateEntry(source.Path).Open();
                    entry.Write(source.Bytes!.Value.Span);
                }
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing depends on the copy while the policies themselves are in force.
            Failure = e.GetType().Name;
        }
    }

    /// <summary>Why the last copy could not be written; empty when it was.</summary>
    public string Failure { get; private set; } = "";

    /// <summary>The files that were kept; empty when there are none or they can't be read.</summary>
    public IReadOnlyList<SourceFile> Read()
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            if (archive.Entries.Count > PolicyFolder.MostFiles || archive.Entries.Sum(e => e.Length) > LargestTotal)
            {
                return [];
            }

            return [.. archive.Entries.Select(ReadEntry)];
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static SourceFile ReadEntry(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        var bytes = new byte[entry.Length];
        stream.ReadExactly(bytes);
        return new SourceFile(entry.FullName, bytes);
    }

    private static string Fresh(string file)
    {
        File.Delete(file);
        return file;
    }
}
