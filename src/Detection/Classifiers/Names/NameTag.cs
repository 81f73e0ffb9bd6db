namespace EdgeFilter.Detection.Classifiers.Names;

/// <summary>What the model says of a token.</summary>
/// <param name="Kind">0 for no name, otherwise 1 + the index into <see cref="NameModel.Kinds"/>.</param>
/// <param name="Begins">True when a name begins here even if one of the same kind stands before.</param>
/// <param name="Probability">That the token belongs to a name of this kind.</param>
internal readonly record struct NameTag(byte Kind, bool Begins, float Probability);
