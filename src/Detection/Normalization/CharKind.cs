namespace EdgeFilter.Detection.Normalization;

/// <summary>What the normalised view does with a character.</summary>
internal enum CharKind : byte
{
    /// <summary>Stays.</summary>
    Plain,

    /// <summary>Has no shape: removed.</summary>
    Invisible,

    /// <summary>Modifies what stands before it: removed after ASCII.</summary>
    Mark,

    /// <summary>Another way to write ASCII letters or digits: replaced.</summary>
    Fold,

    /// <summary>Another way to write ASCII punctuation, ordinary in East Asian text: replaced beside a visible ASCII character.</summary>
    Punctuation,

    /// <summary>A dash or full stop: replaced between ASCII letters or digits.</summary>
    Dash,

    /// <summary>A space: replaced before an ASCII letter or digit.</summary>
    Space,

    /// <summary>Looks like a Latin letter: replaced in a token that has ASCII letters or digits.</summary>
    LookAlike,

    /// <summary>A Latin letter with diacritics: replaced in a token that has digits, an underscore or an at sign.</summary>
    Accented,
}
