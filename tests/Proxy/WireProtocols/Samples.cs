using System.Text;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols;
using EdgeFilter.Testing;

namespace EdgeFilter.Proxy.Tests.WireProtocols;

/// <summary>Bodies of each protocol with all that it can carry, in the folder Samples: <c>PROTOCOL.request.json</c> and <c>.response.json</c>.</summary>
internal static class Samples
{
    private static readonly string Folder = Repository.PathOf("tests", "Proxy", "WireProtocols", "Samples");

    /// <summary>Names of all samples, without <c>.json</c>.</summary>
    public static IEnumerable<string> Names => Directory.GetFiles(Folder, "*.json").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!;

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name + ".json"));

    public static WireProtocol ProtocolOf(string name) =>
        WireProtocolCatalog.All.Where(p => name.StartsWith(p.Id + ".", StringComparison.Ordinal)).MaxBy(p => p.Id.Length)!;

    public static FieldMap MapOf(string name) =>
        name.EndsWith(".request", StringComparison.Ordinal) ? ProtocolOf(name).Request : ProtocolOf(name).Response;

    /// <summary>Compares with what is kept beside the sample; with EDGEFILTER_UPDATE_GOLDEN set, keeps it instead.</summary>
    public static void AssertGolden(string file, string actual)
    {
        var path = Path.Combine(Folder, file);
        if (Environment.GetEnvironmentVariable("EDGEFILTER_UPDATE_GOLDEN") is not null)
        {
            File.WriteAllText(path, actual, new UTF8Encoding(false));
        }

        Assert.Equal(File.ReadAllText(path), actual);
    }
}
