namespace EdgeFilter.Bench.Load;

/// <summary>Names of what is compared, as they appear in tables.</summary>
internal static class TargetNames
{
    public const string Backend = "backend, directly";
    public const string BareYarp = "bare YARP";
    public const string Nginx = "nginx";
    public const string EdgeFilter = "EdgeFilter";
}
