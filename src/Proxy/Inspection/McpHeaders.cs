using System.Text;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Decisions;
using EdgeFilter.Policies.Filtering;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>
/// MCP of 2026-07-28 repeats the name of what is called, and arguments that a server asks for, in headers. They say what the body
/// says and are judged as that is; an argument that is edited there is edited here, for a server compares the two.
/// </summary>
internal sealed class McpHeaders(IValueHasher hasher, TimeProvider clock)
{
    /// <summary>What the names of mirrored arguments begin with.</summary>
    public const string ParameterPrefix = "Mcp-Param-";

    private const string NameHeader = "Mcp-Name";
    private const string EncodedStart = "=?base64?";
    private const string EncodedEnd = "?=";

    /// <summary>Judges the headers of a request and edits what is to be edited.</summary>
    /// <returns>The rule that blocks; null when none does.</returns>
    public CompiledRule? Judge(HttpRequest request, Exchange exchange)
    {
        var plan = exchange.Policy.PlanFor(Direction.Prompt, SegmentRole.ToolArguments);
        if (plan.IsEmpty)
        {
            return null;
        }

        CompiledRule? blockedBy = null;
        foreach (var (name, values) in request.Headers.ToArray())
        {
            var isName = string.Equals(name, NameHeader, StringComparison.OrdinalIgnoreCase);
            if (isName || name.StartsWith(ParameterPrefix, StringComparison.OrdinalIgnoreCase))
            {
                request.Headers[name] = values.Select(value => Filter(value ?? "", plan, exchange, isName, ref blockedBy)).ToArray();
            }
        }

        return blockedBy;
    }

    private string Filter(string value, SegmentPlan plan, Exchange exchange, bool isName, ref CompiledRule? blockedBy)
    {
        var text = Decode(value);
        using var filter = new TextFilter(plan, hasher, new SegmentFacts { Tool = exchange.CalledTool, SystemPhrases = exchange.SystemPhrases }, clock);
        var edits = filter.FilterWhole(text);
        foreach (var hit in filter.Hits)
        {
            exchange.Add(new SegmentHit(hit, Direction.Prompt, SegmentRole.ToolArguments, isName ? NameHeader : ParameterPrefix + "*"));
        }

        blockedBy ??= filter.BlockedBy ?? (isName && edits.Count > 0 ? UneditableBlock.RuleFor(filter) : null);
        if (edits.Count == 0 || isName)
        {
            return value;
        }

        return Encode(TextEdits.Make(text, edits));
    }

    private static string Decode(string value)
    {
        if (!value.StartsWith(EncodedStart, StringComparison.Ordinal) || !value.EndsWith(EncodedEnd, StringComparison.Ordinal)
            || value.Length < EncodedStart.Length + EncodedEnd.Length)
        {
            return value;
        }

        var bytes = new byte[value.Length];
        return Convert.TryFromBase64Chars(value.AsSpan()[EncodedStart.Length..^EncodedEnd.Length], bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : value;
    }

    private static string Encode(string text) => text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 && text.Trim() == text && !text.StartsWith(EncodedStart, StringComparison.Ordinal)
        ? text
        : EncodedStart + Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) + EncodedEnd;
}
