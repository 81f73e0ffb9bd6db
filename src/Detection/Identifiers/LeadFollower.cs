namespace EdgeFilter.Detection.Identifiers;

/// <summary>What stands behind the digits that a candidate begins with.</summary>
internal enum LeadFollower
{
    Other,
    Letter,
    Space,
    Dash,
    Dot,
    Slash,
    Bracket,
}
