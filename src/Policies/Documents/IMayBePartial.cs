namespace EdgeFilter.Policies.Documents;

/// <summary>
/// A part that knows whether something in it could not be read. What is missing then is no mistake of its own, and saying so
/// would only hide the real one.
/// </summary>
internal interface IMayBePartial
{
    bool IsPartial { get; set; }
}
