namespace EdgeFilter.Detection.Tokenizers;

/// <summary>A token that stands before or behind every text: <c>[CLS]</c>, <c>&lt;/s&gt;</c>.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Type">The segment that it belongs to.</param>
public readonly record struct FrameToken(int Id, byte Type);
