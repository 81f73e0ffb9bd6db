using System.Text;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Filtering;
using Microsoft.Extensions.Primitives;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>
/// Judges what travels beside a body: headers, the path and the query of a request, the headers of an answer. Anybody can write a
/// text there, and nobody expects it. A header of text is edited like any text; ids, paths and queries can't be, so that a certain
/// match stops them.
/// </summary>
/// <remarks>
/// All of it is first judged together: that finds nothing nearly always. The headers that a client sends with every request are
/// remembered as clean.
/// </remarks>
internal sealed class EnvelopeFilter(IValueHasher hasher, CleanTextCache cache, TimeProvider clock)
{
    /// <summary>Judges what travels beside a request's body, and edits the headers that are to be edited.</summary>
    /// <param name="path">Behind the provider's prefix.</param>
    /// <returns>The rule that blocks; null when none does.</returns>
    public CompiledRule? Judge(HttpRequest request, string path, Exchange exchange)
    {
        var plan = exchange.Policy.PlanFor(Direction.Prompt, SegmentRole.Metadata);
        if (plan.IsEmpty || IsClean(request.Headers, plan, path, request.Query))
        {
            return null;
        }

        CompiledRule? blockedBy = null;
        foreach (var text in Values(request.Query).Prepend(path))
        {
            blockedBy ??= JudgeFixed(text, plan, Direction.Prompt, exchange);
        }

        foreach (var (name, values) in request.Headers.ToArray())
        {
            blockedBy ??= Edit(request.Headers, name, values, plan, Direction.Prompt, exchange);
        }

        return blockedBy;
    }

    /// <summary>Edits the headers of an answer. One that a rule would stop is left out: the answer's text is judged by itself.</summary>
    /// <returns>What applied.</returns>
    public IReadOnlyList<SegmentHit> Edit(HttpResponse response, Exchange exchange)
    {
        var plan = exchange.Policy.PlanFor(Direction.Output, SegmentRole.Metadata);
        if (plan.IsEmpty || IsClean(response.Headers, plan, "", query: null))
        {
            return [];
        }

        var before = exchange.Hits.Count;
        foreach (var (name, values) in response.Headers.ToArray())
        {
            if (Edit(response.Headers, name, values, plan, Direction.Output, exchange) is not null)
            {
                response.Headers.Remove(name);
            }
        }

        return [.. exchange.Hits.Skip(before)];
    }

    private bool IsClean(IHeaderDictionary headers, SegmentPlan plan, string path, IQueryCollection? query)
    {
        var texts = new StringBuilder(512).Append(path).Append('\n');
        StringBuilder? ids = null;
        foreach (var (name, values) in headers)
        {
            if (HeaderKinds.Of(name) is var kind && kind != HeaderKind.Skipped)
            {
                foreach (var value in values)
                {
                    (kind == HeaderKind.Id ? ids ??= new StringBuilder(128) : texts).Append(Decoded(value)).Append('\n');
                }
            }
        }

        if (query is { Count: > 0 })
        {
            texts.AppendJoin('\n', Values(query));
        }

        return IsClean(texts.ToString(), plan, isRepeated: true) && (ids is null || IsClean(ids.ToString(), plan, isRepeated: false));
    }

    private bool IsClean(string text, SegmentPlan plan, bool isRepeated)
    {
        var key = isRepeated ? cache.KeyOf(plan, text, recurs: true) : null;
        if (key is { } known && cache.IsKnownClean(known))
        {
            return true;
        }

        using var filter = new TextFilter(plan, hasher, null, clock);
        filter.FilterWhole(text);
        if (filter.Hits.Count == 0 && key is { } clean)
        {
            cache.Remember(clean);
        }

        return filter.Hits.Count == 0;
    }

    /// <returns>The rule that stops a text which can't be edited; null when it may pass.</returns>
    private CompiledRule? JudgeFixed(string text, SegmentPlan plan, Direction direction, Exchange exchange)
    {
        using var filter = new TextFilter(plan, hasher, null, clock);
        filter.FilterWhole(text);
        var rule = filter.BlockedBy ?? UneditableBlock.RuleFor(filter);
        if (rule is not null)
        {
            Note(filter, direction, exchange);
        }

        return rule;
    }

    /// <returns>The rule that stops the header; null when it passes, edited or not.</returns>
    private CompiledRule? Edit(IHeaderDictionary headers, string name, StringValues values, SegmentPlan plan, Direction direction, Exchange exchange)
    {
        var kind = HeaderKinds.Of(name);
        if (kind == HeaderKind.Skipped)
        {
            return null;
        }

        var isEdited = false;
        var kept = new string[values.Count];
        for (var i = 0; i < kept.Length; i++)
        {
            kept[i] = values[i] ?? "";
            var text = Decoded(kept[i]);
            if (kind != HeaderKind.Text)
            {
                if (JudgeFixed(text, plan, direction, exchange) is { } stopping)
                {
                    return stopping;
                }

                continue;
            }

            using var filter = new TextFilter(plan, hasher, null, clock);
            var edits = filter.FilterWhole(text);
            Note(filter, direction, exchange);
            if (filter.BlockedBy is { } rule)
            {
                return rule;
            }

            if (edits.Count > 0)
            {
                isEdited = true;
                kept[i] = Spell(TextEdits.Make(text, edits));
            }
        }

        if (isEdited)
        {
            headers[name] = kept;
        }

        return null;
    }

    private static void Note(TextFilter filter, Direction direction, Exchange exchange)
    {
        foreach (var hit in filter.Hits)
        {
            exchange.Add(new SegmentHit(hit, direction, SegmentRole.Metadata, "envelope"));
        }
    }

    private static IEnumerable<string> Values(IQueryCollection query) =>
        query.Where(q => !HeaderKinds.IsSecretParameter(q.Key)).SelectMany(q => q.Value.Select(v => v ?? "").Prepend(q.Key));

    // Baggage and others write in percents what a header can't hold.
    private static string Decoded(string? value) =>
        value is null ? "" : value.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(value) : value;

    private static string Spell(string text) => text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 ? text : Uri.EscapeDataString(text);
}
