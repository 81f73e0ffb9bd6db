using System.Security.Cryptography;
using System.Text;
using EdgeFilter.Policies.Combining;

namespace EdgeFilter.Policies.Lifecycle;

/// <summary>Tells whether the files of a folder are the same as before, wherever the folder is seen from.</summary>
public static class FolderStamp
{
    /// <summary>A digest over names and contents; another word when the folder can't be read.</summary>
    public static string Of(string folder)
    {
        try
        {
            return Of(folder, PolicyFolder.Read(folder));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.GetType().Name;
        }
    }

    internal static string Of(string folder, IEnumerable<SourceFile> sources)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var source in sources)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{NameIn(folder, source)}\0{source.Failure}\0{source.Bytes?.Length}\0"));
            hash.AppendData(source.Bytes is { } bytes ? bytes.Span : []);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Files by their names within the folder: how they are kept, and shown when they are kept ones.</summary>
    internal static IReadOnlyList<SourceFile> Within(string folder, IEnumerable<SourceFile> sources) =>
        [.. sources.Select(s => s with { Path = NameIn(folder, s) })];

    private static string NameIn(string folder, SourceFile source) =>
        Path.GetRelativePath(folder, source.Path) is not "." and var name ? name.Replace('\\', '/') : Path.GetFileName(source.Path);
}
