using System.Collections.Frozen;

namespace EdgeFilter.Policies.Documents;

/// <summary>Who may be named in <c>from</c>: a role, or a trust level that stands for several.</summary>
internal enum Speaker
{
    System,
    Developer,
    User,
    Assistant,
    Reasoning,
    ToolArguments,
    ToolResult,
    ToolDefinition,
    Retrieved,
    Metadata,

    /// <summary>The application's own words: system, developer, tool definitions.</summary>
    Trusted,

    /// <summary>Text of third parties: tool results, retrieved documents.</summary>
    Untrusted,

    /// <summary>What a model wrote: assistant, reasoning, tool arguments.</summary>
    Model,
}

internal static class Speakers
{
    private static readonly FrozenDictionary<Speaker, SegmentRole[]> Levels = new Dictionary<Speaker, SegmentRole[]>
    {
        [Speaker.Trusted] = [SegmentRole.System, SegmentRole.Developer, SegmentRole.ToolDefinition],
        [Speaker.Untrusted] = [SegmentRole.ToolResult, SegmentRole.Retrieved],
        [Speaker.Model] = [SegmentRole.Assistant, SegmentRole.Reasoning, SegmentRole.ToolArguments],
    }.ToFrozenDictionary();

    public static SegmentRole[] RolesOf(Speaker speaker) =>
        Levels.TryGetValue(speaker, out var roles) ? roles : [Enum.Parse<SegmentRole>(speaker.ToString())];
}
