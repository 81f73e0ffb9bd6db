namespace EdgeFilter.Bench.Load;

/// <summary>How long and how hard a run is.</summary>
internal sealed record RunSettings(bool Quick, string Root, string ResultsFolder)
{
    /// <summary>Kept-alive connections for whole answers.</summary>
    public int Connections { get; } = 16;

    /// <summary>Streams open at a time.</summary>
    public int Streams { get; } = 100;

    public TimeSpan WarmUp => TimeSpan.FromSeconds(Quick ? 4 : 15);

    /// <summary>The targets take turns, so that what else the machine does falls on all of them alike.</summary>
    public int Rounds => Quick ? 2 : 5;

    public TimeSpan Round => TimeSpan.FromSeconds(Quick ? 3 : 6);
}
