namespace EdgeFilter.Proxy.Review;

/// <summary>What a person may do in the console; each role may do what those before it may.</summary>
internal enum Role
{
    /// <summary>Reads the log.</summary>
    Viewer,

    /// <summary>Marks records and comments them.</summary>
    Reviewer,

    /// <summary>Tries texts against policies and candidate documents.</summary>
    Author,

    /// <summary>Keeps accounts and reads the audit trail.</summary>
    Admin,
}
