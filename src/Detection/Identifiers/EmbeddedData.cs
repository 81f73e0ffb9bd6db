using System.Text.Json;

namespace EdgeFilter.Detection.Identifiers;

/// <summary>The data files that are part of the assembly.</summary>
internal static class EmbeddedData
{
    /// <summary>Reads an embedded JSON array; the caller disposes it.</summary>
    /// <exception cref="InvalidOperationException">The build left the file out.</exception>
    public static JsonDocument Read(string name)
    {
        using var stream = typeof(EmbeddedData).Assembly.GetManifestResourceStream($"EdgeFilter.Detection.Data.{name}")
            ?? throw new InvalidOperationException($"The data file '{name}' is not part of this build.");
        return JsonDocument.Parse(stream);
    }
}
