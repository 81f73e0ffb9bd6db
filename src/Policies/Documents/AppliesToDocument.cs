namespace EdgeFilter.Policies.Documents;

/// <summary>To whom a policy or waiver applies: every list that is written must hold.</summary>
internal sealed class AppliesToDocument(SourcePlace at)
{
    public SourcePlace At { get; } = at;

    /// <summary>Not to anyone by itself, only as a part of the policies that extend it.</summary>
    public bool OnlyWhenExtended { get; set; }

    public IReadOnlyList<Written<string>> Regions { get; set; } = [];

    public IReadOnlyList<Written<string>> Tenants { get; set; } = [];

    public IReadOnlyList<Written<string>> Groups { get; set; } = [];

    public IReadOnlyList<Written<string>> Routes { get; set; } = [];

    public IReadOnlyList<Written<string>> Models { get; set; } = [];

    public IReadOnlyList<Written<string>> Protocols { get; set; } = [];

    public IReadOnlyList<TimesDocument> Times { get; set; } = [];
}

/// <summary>A stretch of the week: days, and hours of the day in UTC.</summary>
internal sealed class TimesDocument(SourcePlace at)
{
    public SourcePlace At { get; } = at;

    /// <summary>Empty: every day.</summary>
    public IReadOnlyList<Written<DayOfWeek>> Days { get; set; } = [];

    public Written<string>? From { get; set; }

    public Written<string>? To { get; set; }
}
