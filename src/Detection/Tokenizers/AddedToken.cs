namespace EdgeFilter.Detection.Tokenizers;

/// <summary>A token that is cut out of a text before anything else happens to it.</summary>
internal sealed record AddedToken
{
    public required int Id { get; init; }

    public required string Content { get; init; }

    /// <summary>It counts only where no word goes on to either side.</summary>
    public bool IsWord { get; init; }

    /// <summary>It takes the spaces before it.</summary>
    public bool StripsLeft { get; init; }

    /// <summary>It takes the spaces behind it.</summary>
    public bool StripsRight { get; init; }

    /// <summary>It is looked for in the normalised text, and in its normalised form.</summary>
    public bool IsNormalised { get; init; }
}
