using EdgeFilter.Policies.Documents.Yaml;

namespace EdgeFilter.Policies.Combining;

/// <summary>The policy files of a folder and of the folders below it, or a single file.</summary>
public static class PolicyFolder
{
    /// <summary>More files than a person keeps in order; a mounted root folder must not be read for hours.</summary>
    public const int MostFiles = 5_000;

    /// <summary>Reads all <c>*.yaml</c> and <c>*.yml</c>, ordered by path. Names that begin with a dot are left alone.</summary>
    /// <param name="path">A folder or a file.</param>
    /// <exception cref="DirectoryNotFoundException">There is neither a folder nor a file of that name.</exception>
    /// <exception cref="IOException">The folder holds more than <see cref="MostFiles"/> policies, or can't be listed.</exception>
    public static IReadOnlyList<SourceFile> Read(string path)
    {
        if (File.Exists(path))
        {
            return [ReadFile(path, path)];
        }

        if (!Directory.Exists(path))
        {
            throw new DirectoryNotFoundException($"There is no policy folder or file '{path}'.");
        }

        return [.. Files(path).Select(file => ReadFile(file, file))];
    }

    private static List<string> Files(string folder)
    {
        var files = new List<string>();
        var open = new Stack<(string Shown, string Real)>([(folder, RealPathOf(folder, Path.GetFullPath(folder)))]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (open.TryPop(out var next))
        {
            // A link that leads back up would show the same files without end.
            if (!seen.Add(next.Real))
            {
                continue;
            }

            foreach (var entry in Directory.EnumerateFileSystemEntries(next.Shown))
            {
                // Kubernetes keeps the real files of a mounted map in '..data' and shows them by links beside it.
                var name = Path.GetFileName(entry);
                if (name.StartsWith('.'))
                {
                    continue;
                }

                if (Directory.Exists(entry))
                {
                    open.Push((entry, RealPathOf(entry, Path.Combine(next.Real, name))));
                }
                else if (Path.GetExtension(entry) is ".yaml" or ".yml")
                {
                    files.Add(entry);
                }

                if (files.Count > MostFiles || open.Count > MostFiles)
                {
                    throw new IOException($"'{folder}' holds more than {MostFiles} policy files.");
                }
            }
        }

        files.Sort(StringComparer.Ordinal);
        return files;
    }

    private static string RealPathOf(string folder, string withoutLink) =>
        Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName ?? withoutLink;

    private static SourceFile ReadFile(string file, string shown)
    {
        shown = shown.Replace('\\', '/');
        try
        {
            // One byte more than allowed tells the reader that the file is too large, whatever its size.
            using var stream = RegularFile.Open(file);
            var buffer = new byte[Math.Min(stream.Length, YamlReader.LargestFile) + 1];
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return new SourceFile(shown, buffer.AsMemory(0, length));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new SourceFile(shown, null, e is NotAFileException ? e.Message : new FileInfo(file).LinkTarget is { } target
                ? $"it is a link to '{target}', which leads nowhere or in a circle."
                : e is UnauthorizedAccessException ? "permission denied." : e.GetType().Name + ".");
        }
    }
}
