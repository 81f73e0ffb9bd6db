using EdgeFilter.Policies.Compilation;
using EdgeFilter.Proxy.WireProtocols.Answers;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>What clients are told. Never what was found.</summary>
internal static class Refusals
{
    /// <param name="rule">What blocks.</param>
    /// <param name="requestId">The exchange's id.</param>
    /// <param name="languages">The client's <c>Accept-Language</c>; the rule speaks the first of these that it knows.</param>
    public static BlockNotice NoticeOf(CompiledRule rule, string requestId, StringValues languages = default)
    {
        var said = SaidIn(rule, languages) ?? rule.Say.GetValueOrDefault("") ?? rule.Say.GetValueOrDefault("en")
            ?? rule.Say.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => s.Value).FirstOrDefault();
        return new BlockNotice($"{said ?? "This content is blocked by policy."} (rule {rule.Id}, reference {requestId})", requestId);
    }

    private static string? SaidIn(CompiledRule rule, StringValues languages)
    {
        if (rule.Say.Count < 2 || !StringWithQualityHeaderValue.TryParseList(languages, out var accepted))
        {
            return null;
        }

        return accepted
            .OrderByDescending(a => a.Quality ?? 1)
            .Select(a => a.Value.ToString())
            .Select(tag => rule.Say.GetValueOrDefault(tag) ?? rule.Say.GetValueOrDefault(tag.Split('-')[0]))
            .FirstOrDefault(text => text is not null);
    }

    public static Fault UnknownKey(string requestId) => new(FaultKind.Unauthorised, "This proxy needs a known client key.", requestId);

    public static Fault ForeignPage(string requestId) => new(
        FaultKind.Forbidden, "A page in a browser may open a socket here only with a client key. An operator can configure Clients.", requestId);

    public static Fault UnknownPath(string requestId) => new(
        FaultKind.UnknownPath, "This path is not known to the proxy, so it is not forwarded. An operator can list it under Proxy:Pass to forward it uninspected.", requestId);

    public static Fault NotRecorded(string requestId) => new(
        FaultKind.Unavailable, "The decision on this request can't be recorded right now, so the request was refused.", requestId);

    public static Fault InspectionFailed(string requestId) => new(
        FaultKind.Unavailable, "This request can't be inspected right now, so it was refused.", requestId);

    public static Fault Unreachable(string requestId) => new(FaultKind.BadUpstream, "The model provider can't be reached.", requestId);

    public static Fault Silent(string requestId) => new(FaultKind.UpstreamTimeout, "The model provider did not answer in time.", requestId);

    public static Fault Uninspectable(string requestId) => new(
        FaultKind.BadUpstream, "The model provider's answer can't be inspected, so it was withheld.", requestId);
}
