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
        using var turn = TakeTurn(path + ".lock");
        if (TryRead(path) is { } meanwhile)
        {
            return meanwhile;
        }

        // Written beside and renamed into place: a reader never sees half a key.
        var content = create();
        var draft = path + ".new";
        File.Delete(draft);
        using (var file = new FileStream(draft, NewFile()))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path);
        return content;
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

    // Renaming alone would let the last of two writers win, while the first already uses its own key. The lock may be deleted on
    // release: by then the key exists, and whoever still waits for the old file or makes a new one only reads.
    private static FileStream TakeTurn(string path)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (attempt < 500)
            {
                Thread.Sleep(20);
            }
        }
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
