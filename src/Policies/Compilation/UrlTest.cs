using System.Buffers;
using System.Collections.Immutable;

namespace EdgeFilter.Policies.Compilation;

/// <summary>Where an address leads and whether it carries something out.</summary>
/// <param name="domains">Only these domains and below; empty: any.</param>
/// <param name="exceptDomains">Not these domains and below.</param>
/// <param name="carryingData">Only addresses with a query, a fragment or a long opaque part.</param>
internal sealed class UrlTest(ImmutableArray<string> domains, ImmutableArray<string> exceptDomains, bool carryingData) : IValueTest
{
    /// <summary>A part of a path or host that is at least so long and mixes letters and digits says more than a name would.</summary>
    private const int OpaqueLength = 20;

    private static readonly SearchValues<char> EndOfAddress = SearchValues.Create(" \t\r\n)>\"'<]|`");
    private static readonly SearchValues<char> EndOfHost = SearchValues.Create("/?#\\");

    public bool Holds(ReadOnlySpan<char> value)
    {
        // The value may be a bare address or a whole markdown or HTML element: every address in it is looked at, because the
        // harmless one may stand in front.
        while (TryFindAddress(ref value, out var host, out var rest))
        {
            if ((domains.IsEmpty || IsWithin(host, domains)) && !IsWithin(host, exceptDomains) && (!carryingData || Carries(host, rest)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryFindAddress(ref ReadOnlySpan<char> value, out ReadOnlySpan<char> host, out ReadOnlySpan<char> rest)
    {
        host = rest = [];
        while (host.IsEmpty)
        {
            var slashes = value.IndexOf("//");
            if (slashes < 0)
            {
                return false;
            }

            value = value[(slashes + 2)..];
            var end = value.IndexOfAny(EndOfAddress);
            var address = end < 0 ? value : value[..end];
            var hostEnd = address.IndexOfAny(EndOfHost);
            host = hostEnd < 0 ? address : address[..hostEnd];
            rest = hostEnd < 0 ? [] : address[hostEnd..];
            var user = host.LastIndexOf('@');
            host = host[(user + 1)..];
            var port = host.LastIndexOf(':');
            host = (port < 0 ? host : host[..port]).TrimEnd('.');
        }

        return true;
    }

    private static bool IsWithin(ReadOnlySpan<char> host, ImmutableArray<string> parents)
    {
        foreach (var parent in parents)
        {
            if (host.EndsWith(parent, StringComparison.OrdinalIgnoreCase)
                && (host.Length == parent.Length || host[host.Length - parent.Length - 1] == '.'))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Carries(ReadOnlySpan<char> host, ReadOnlySpan<char> rest)
    {
        var query = rest.IndexOfAny('?', '#');
        if (query >= 0 && query < rest.Length - 1)
        {
            return true;
        }

        return HasOpaquePart(host, '.') || HasOpaquePart(rest, '/');
    }

    private static bool HasOpaquePart(ReadOnlySpan<char> text, char separator)
    {
        foreach (var range in text.Split(separator))
        {
            var part = text[range];
            if (part.Length >= OpaqueLength && part.ContainsAnyInRange('0', '9') && (part.ContainsAnyInRange('a', 'z') || part.ContainsAnyInRange('A', 'Z')))
            {
                return true;
            }
        }

        return false;
    }
}
