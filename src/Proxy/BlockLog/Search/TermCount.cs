namespace EdgeFilter.Proxy.BlockLog;

/// <summary>How many records of a query have a text in a field.</summary>
internal sealed record TermCount(string Text, long Count);
