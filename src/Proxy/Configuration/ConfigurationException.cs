namespace EdgeFilter.Proxy.Configuration;

/// <summary>The configuration can't work as written. The message says where, what, and what would.</summary>
internal sealed class ConfigurationException(IReadOnlyList<string> problems)
    : Exception("The configuration can't work as written:" + Environment.NewLine + string.Join(Environment.NewLine, problems.Select(p => "  " + p)))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
