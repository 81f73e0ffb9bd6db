namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Secret bytes in a file that only its owner may read.</summary>
internal static class KeyFile
{
    private const int MaxLength = 16 * 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads the file, or creates it with what <paramref name="create"/> makes. Two processes starting at once agree on one key.</summary>
    /// <exception cref="IOException">The file can't be read or written, or is too long to be a key.</exception>
    public static byte[] ReadOrCreate(string path, Func<byte[]> create)
    {
        if (TryRead(path) is { } existing)
        {
            return existing;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var content = create();

        // Written beside and linked into place without replacing: a reader never sees half a key, and the first writer wins.
        var draft = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            using (var file = new FileStream(draft, NewFile()))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: false);
            return content;
        }
        catch (IOException) when (File.Exists(path))
        {
            return TryRead(path) ?? throw new IOException($"The key file {Path.GetFileName(path)} could not be read.");
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>The file's bytes, or null when there is none.</summary>
    public static byte[]? TryRead(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        if (new FileInfo(path).Length is 0 or > MaxLength)
        {
            throw new IOException($"The key file {Path.GetFileName(path)} is empty or too long to be a key.");
        }

        return File.ReadAllBytes(path);
    }

    private static FileStreamOptions NewFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }
}
