namespace EdgeFilter.Proxy.Hosting;

/// <summary>Finds what ships with the program: policies and models.</summary>
internal static class ProductFolders
{
    /// <summary>The folder of that name above the current one or above the program; the plain name when there is none.</summary>
    public static string Find(string name) => Above(Environment.CurrentDirectory, name) ?? Above(AppContext.BaseDirectory, name) ?? name;

    private static string? Above(string start, string name)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            var found = Path.Combine(folder.FullName, name);
            if (Directory.Exists(found) && Directory.EnumerateFiles(found, "*.yaml", SearchOption.AllDirectories).Any())
            {
                return found;
            }
        }

        return null;
    }
}
