namespace EdgeFilter.Proxy.BlockLog;

/// <summary>What records can be searched and counted by. The numbers are stored.</summary>
internal enum TermField
{
    Action = 1,
    Severity = 2,
    Direction = 3,
    Tenant = 4,
    Region = 5,
    Rule = 6,
    Entity = 7,
    Model = 8,
    Provider = 9,
    Protocol = 10,
    Client = 11,
    Policy = 12,
    Cluster = 13,
    Reason = 14,
    Coverage = 15,
    Waiver = 16,

    /// <summary>Rules in shadow mode that would have acted.</summary>
    Shadow = 17,
    Detector = 18,
}
