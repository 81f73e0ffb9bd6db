namespace EdgeFilter.Bench.Load;

/// <summary>How long and how hard a run is.</summary>
internal sealed record RunSettings(bool Quick, string Root, string ResultsFolder)
{
    /// <summary>Kept-alive connections for whole answers.</summary>
    public int Connections { get; } = 16;

    /// <summary>Streams open at a time.</summary>
    public int Streams { get; } = 100;

    /// <summary>Long enough for the runtime to have recompiled what is hot, which takes a thorough program longer.</summary>
    public TimeSpan WarmUp(bool stream) => TimeSpan.FromSeconds((Quick, stream) switch { (true, true) => 2, (true, false) => 10, _ => 20 });

    /// <summary>The targets take turns, so that what else the machine does falls on all of them alike.</summary>
    public int Rounds => Quick ? 2 : 5;

    public TimeSpan Round => TimeSpan.FromSeconds(Quick ? 2.5 : 6);
}
