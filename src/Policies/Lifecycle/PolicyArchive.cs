using System.IO.Compression;
using EdgeFilter.Policies.Combining;

namespace EdgeFilter.Policies.Lifecycle;

/// <summary>Policy files in one archive, so that they are kept and replaced as a whole.</summary>
internal static class PolicyArchive
{
    // Written by us; bounded all the same, because a file on disk is anybody's.
    private const long LargestTotal = 64L << 20;

    /// <summary>Writes files, atomically: a reader sees the archive before or the one after.</summary>
    /// <exception cref="IOException">The disk is full, read-only or gone.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Write(string path, IReadOnlyList<SourceFile> sources)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.new";
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        try
        {
            using (var archive = ZipFile.Open(temporary, ZipArchiveMode.Create))
            {
                foreach (var source in sources.Where(s => s.Bytes is not null))
                {
                    using var entry = archive.CreateEntry(source.Path, CompressionLevel.Fastest).Open();
                    entry.Write(source.Bytes!.Value.Span);
                }
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>The files that were kept; empty when there are none or they can't be read.</summary>
    public static IReadOnlyList<SourceFile> Read(string path)
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
}
