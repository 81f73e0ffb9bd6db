using System.Collections.Frozen;
using System.Reflection;

namespace EdgeFilter.Proxy.Review;

/// <summary>The console's pages, from this assembly: a fixed list of names, so that no path can lead elsewhere.</summary>
internal static class PageFiles
{
    private const string Prefix = "EdgeFilter.Console.";

    private static readonly FrozenDictionary<string, (string Type, byte[] Bytes)> Files = Load();

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Send("index.html")).Needs(null);
        foreach (var name in Files.Keys)
        {
            routes.MapGet("/" + name, () => Send(name)).Needs(null);
        }
    }

    private static IResult Send(string name) => Results.Bytes(Files[name].Bytes, Files[name].Type);

    private static FrozenDictionary<string, (string, byte[])> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[Prefix.Length..], name => (TypeOf(name), Read(assembly, name)), StringComparer.Ordinal);
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}
