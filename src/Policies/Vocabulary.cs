namespace EdgeFilter.Policies;

/// <summary>Which way a text travels.</summary>
public enum Direction
{
    /// <summary>From the client to the model: <c>prompt</c>.</summary>
    Prompt,

    /// <summary>From the model to the client: <c>output</c>.</summary>
    Output,
}

/// <summary>Who speaks in a segment, and so how far it is trusted.</summary>
public enum SegmentRole
{
    System,
    Developer,
    User,
    Assistant,

    /// <summary>The model's own reasoning, shown or hidden.</summary>
    Reasoning,

    /// <summary>Arguments that the model wrote for a tool and a client will execute.</summary>
    ToolArguments,

    /// <summary>What a tool answered: third-party text.</summary>
    ToolResult,

    /// <summary>Names, descriptions and schemas of tools.</summary>
    ToolDefinition,

    /// <summary>Documents and search results placed into a prompt: third-party text.</summary>
    Retrieved,

    /// <summary>Labels, ids, unknown fields: text that nobody meant for reading but that travels all the same.</summary>
    Metadata,
}

/// <summary>What a rule does, weakest first: the strictest action of all that apply wins.</summary>
public enum PolicyAction
{
    Allow,
    Log,
    Mask,
    Redact,
    Hash,
    Pseudonymise,
    Reroute,
    Block,
}

/// <summary>How grave a match is, for those who read the block log.</summary>
public enum Severity
{
    Info,
    Low,
    Medium,
    High,
    Critical,
}

/// <summary>What of a judged text is kept with the record of a rule.</summary>
public enum Evidence
{
    /// <summary>Nothing: where it stood and what kind of thing it was.</summary>
    None,

    /// <summary>The text, encrypted so that only the security team's private key opens it.</summary>
    Sealed,
}

/// <summary>What the reader of a stream waits for.</summary>
public enum StreamMode
{
    /// <summary>Text is released as soon as no match can include it; a later verdict stops the stream there.</summary>
    Immediate,

    /// <summary>Only judged sentences are released.</summary>
    Sentence,

    /// <summary>Everything is held until the text is complete.</summary>
    Whole,
}
