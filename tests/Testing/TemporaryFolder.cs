namespace EdgeFilter.Testing;

/// <summary>A folder of a test's own, gone with all that is in it when disposed.</summary>
/// <param name="prefix">What its name begins with, so that a person knows whose it is.</param>
public sealed class TemporaryFolder(string prefix) : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory(prefix).FullName;

    /// <summary>The path of something in it.</summary>
    public string PathOf(params ReadOnlySpan<string> names) => System.IO.Path.Combine([Path, .. names]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
