namespace EdgeFilter.Proxy.WireProtocols;

/// <summary>Puts lines of a protocol table under a path.</summary>
internal static class TableLines
{
    public static string Under(string prefix, string lines) => string.Join('\n', lines
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.StartsWith('[') ? prefix + line : $"{prefix}.{line}"));
}
