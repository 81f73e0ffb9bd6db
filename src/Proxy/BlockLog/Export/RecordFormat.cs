namespace EdgeFilter.Proxy.BlockLog;

/// <summary>How records are written for other programs.</summary>
internal enum RecordFormat
{
    /// <summary>The record itself, one line of JSON each.</summary>
    Jsonl,

    /// <summary>One line each with the fields that a spreadsheet can hold.</summary>
    Csv,

    /// <summary>ArcSight Common Event Format, version 0.</summary>
    Cef,

    /// <summary>Open Cybersecurity Schema Framework, Detection Finding (class 2004), one line of JSON each.</summary>
    Ocsf,
}
