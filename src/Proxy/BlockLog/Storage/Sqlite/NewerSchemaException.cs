namespace EdgeFilter.Proxy.BlockLog;

/// <summary>A newer version of the proxy wrote this log; this one would misread it.</summary>
internal sealed class NewerSchemaException : Exception
{
    public NewerSchemaException()
        : base("The block log was written by a newer version.")
    {
    }
}
