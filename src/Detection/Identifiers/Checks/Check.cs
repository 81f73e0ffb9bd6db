namespace EdgeFilter.Detection.Identifiers.Checks;

/// <summary>Whether a value is one of those that its issuer gives out, as far as arithmetic can tell.</summary>
/// <param name="value">The value without separators, in upper case.</param>
/// <param name="raw">The value as it stands in the text.</param>
internal delegate bool Check(ReadOnlySpan<char> value, ReadOnlySpan<char> raw);
