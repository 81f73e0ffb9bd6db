namespace EdgeFilter.Detection.Identifiers.Shapes;

/// <summary>How a value is written; weighs what it is worth without a word near by.</summary>
internal enum Form
{
    /// <summary>With letters, or with marks between the groups.</summary>
    Marked,

    /// <summary>Digits in groups with spaces between.</summary>
    Grouped,

    /// <summary>Nothing but digits.</summary>
    Bare,
}
