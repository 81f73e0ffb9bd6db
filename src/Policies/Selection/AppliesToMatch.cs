using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Decisions;
using EdgeFilter.Policies.Documents;

namespace EdgeFilter.Policies.Selection;

/// <summary>Holds <c>applies-to</c> against a context: every list that is written must hold, one item of it suffices.</summary>
internal static class AppliesToMatch
{
    public static bool Holds(AppliesToDocument? applies, PolicyContext context, DateTimeOffset now)
    {
        if (applies is null)
        {
            return true;
        }

        return !applies.OnlyWhenExtended
            && Any(applies.Regions, r => Regions.Contains(r, context.Region))
            && Any(applies.Tenants, t => Matches(t, context.Tenant))
            && Any(applies.Groups, g => context.Groups.Any(group => Matches(g, group)))
            && Any(applies.Routes, r => IsBelow(context.Route, r))
            && Any(applies.Models, m => Matches(m, context.Model))
            && Any(applies.Protocols, p => Matches(p, context.Protocol))
            && (applies.Times.Count == 0 || applies.Times.Any(t => IsDuring(t, now.UtcDateTime)));
    }

    private static bool Any(IReadOnlyList<Written<string>> written, Func<string, bool> holds) =>
        written.Count == 0 || written.Any(w => holds(w.Value));

    private static bool Matches(string pattern, string name) => name.Length > 0 && NamePattern.Matches(pattern, name);

    private static bool IsBelow(string route, string prefix)
    {
        prefix = prefix.TrimEnd('/');
        return route.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && (route.Length == prefix.Length || route[prefix.Length] == '/');
    }

    // Over midnight, the hours after it belong to the day on which the stretch began.
    private static bool IsDuring(TimesDocument times, DateTime now)
    {
        var from = times.From is null ? TimeSpan.Zero : TimeSpan.Parse(times.From.Value, System.Globalization.CultureInfo.InvariantCulture);
        var to = times.To is null ? TimeSpan.FromDays(1) : TimeSpan.Parse(times.To.Value, System.Globalization.CultureInfo.InvariantCulture);
        var time = now.TimeOfDay;
        if (from < to)
        {
            return time >= from && time < to && IsDay(times, now.DayOfWeek);
        }

        return time >= from ? IsDay(times, now.DayOfWeek) : time < to && IsDay(times, now.AddDays(-1).DayOfWeek);
    }

    private static bool IsDay(TimesDocument times, DayOfWeek day) => times.Days.Count == 0 || times.Days.Any(d => d.Value == day);
}
