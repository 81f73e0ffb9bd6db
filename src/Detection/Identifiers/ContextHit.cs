namespace EdgeFilter.Detection.Identifiers;

/// <summary>A context word at a place of a text.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Payload">Its rules, by the lexicon's own number.</param>
/// <param name="IsAbbreviation">It counts only right before a value.</param>
internal readonly record struct ContextHit(int Start, int End, int Payload, bool IsAbbreviation);
