namespace EdgeFilter.Proxy.Inspection;

/// <summary>What a header is to those who judge it.</summary>
internal enum HeaderKind
{
    /// <summary>A text, or anything that nobody has described.</summary>
    Text,

    /// <summary>The names and versions of programs: never edited, for they look like addresses now and then.</summary>
    Program,

    /// <summary>An id, a number or a time, another one in every message: never edited.</summary>
    Id,

    /// <summary>A key, which is for its receiver alone; what HTTP itself reads; what is judged elsewhere.</summary>
    Skipped,
}
