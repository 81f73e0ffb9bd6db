using System.CommandLine;
using EdgeFilter.Policies.Testing;

namespace EdgeFilter.Proxy.Commands;

/// <summary>A corpus of texts for <c>policy diff</c> and <c>policy replay</c>: JSON Lines from a file, or from standard input.</summary>
internal static class PolicyCorpus
{
    public static Option<FileInfo?> Option() => new("--corpus")
    {
        Description = "JSON Lines with text, and as you like id, in, role, region, tenant, groups, route, model, protocol, action. Default: standard input.",
    };

    /// <exception cref="FormatException">A line is not a text of a corpus.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static IEnumerable<CorpusText> Read(FileInfo? file)
    {
        using var reader = file is null ? Console.In : new StreamReader(file.FullName);
        long number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length > 0)
            {
                yield return CorpusText.Parse(line, number);
            }
        }
    }

    /// <summary>Runs a command over a corpus; what is wrong with the corpus is bad input.</summary>
    public static int Run(ParseResult parsed, Func<int> command)
    {
        try
        {
            return command();
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            parsed.InvocationConfiguration.Error.WriteLine(e.Message);
            return PolicyAccess.BadUsage;
        }
    }
}
