namespace EdgeFilter.Proxy.Simulation;

/// <summary>What the simulated provider is going to answer, as the last user message asked for it.</summary>
internal sealed record ScriptedAnswer
{
    /// <summary>The answer's text; empty when the answer is a tool call.</summary>
    public string Text { get; init; } = "";

    /// <summary>Name of the tool to call, or null.</summary>
    public string? ToolName { get; init; }

    /// <summary>The call's arguments: the text of a JSON object.</summary>
    public string ToolArguments { get; init; } = "{}";

    /// <summary>Status of an error answer, or null.</summary>
    public int? ErrorStatus { get; init; }

    /// <summary>Length of each delta in UTF-16 code units; null cuts at words, as a tokenizer does.</summary>
    public int? DeltaLength { get; init; }

    /// <summary>Bytes per write to the network; null writes each event whole.</summary>
    public int? WriteLength { get; init; }

    /// <summary>Pause before each delta, and before a whole answer.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>What goes wrong in the stream, if anything, and after how many deltas.</summary>
    public StreamFault Fault { get; init; }

    public int FaultAfter { get; init; }

    /// <summary>Sends keep-alives between the deltas.</summary>
    public bool KeepAlives { get; init; }

    /// <summary>Streams a tool call in one piece, as Mistral does.</summary>
    public bool WholeCalls { get; init; }

    /// <summary>Writes every non-ASCII and HTML-sensitive character as a JSON escape.</summary>
    public bool Escaped { get; init; }

    /// <summary>States lengths only: the text is a user's.</summary>
    public override string ToString() => $"answer of {Text.Length} characters, fault {Fault} after {FaultAfter}";
}
