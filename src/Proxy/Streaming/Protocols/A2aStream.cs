using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>A2A's events: each is one JSON-RPC result. Artifacts come in pieces, told apart by their ids; all else is whole.</summary>
internal static class A2aStream
{
    public static StreamDescription Description { get; } = new()
    {
        Id = "a2a",
        Framing = StreamFraming.Sse,
        Fields = FieldMap.Parse($"""
            jsonrpc                     word
            id                          opaque
            error.code                  number
            error.message               text tool-result
            error.data                  text tool-result
            error.data.**               text tool-result
            {Task("result")}
            {Message("result")}
            {Artifact("result.artifact")}
            {Task("result.task")}
            {Message("result.message")}
            {Status("result.statusUpdate")}
            {Artifact("result.artifactUpdate.artifact")}
            result.taskId               opaque
            result.append               number
            result.lastChunk            number
            result.final                number
            result.statusUpdate.final   number
            result.artifactUpdate.taskId    opaque
            result.artifactUpdate.contextId opaque
            result.artifactUpdate.append    number
            result.artifactUpdate.lastChunk number
            result.artifactUpdate.metadata.** text metadata
            """),
        Lane = "result.artifact.artifactId",
        LaneToo = "result.artifactUpdate.artifact.artifactId",
        Channels =
        [
            new("result.artifact.parts[].text", "artifact", SegmentRole.ToolResult),
            new("result.artifactUpdate.artifact.parts[].text", "artifact", SegmentRole.ToolResult) { Lane = "result.artifactUpdate.artifact.artifactId" },
        ],
        Closes =
        [
            new() { Path = "result.lastChunk", Lane = "result.artifact.artifactId" },
            new() { Path = "result.artifactUpdate.lastChunk", Lane = "result.artifactUpdate.artifact.artifactId" },
            new() { Path = "result.final" },
            new() { Path = "result.statusUpdate.final" },
        ],
        EndsTexts = true,
        MayEndAnywhere = true,
        ErrorPath = "error",
        Remembered = ["id"],
        Ending = new A2aEnding(),
    };

    private static string Parts(string at) => $"""
        {at}.kind                       word
        {at}.text                       text tool-result
        {at}.data.**                    text tool-result
        {at}.raw                        media
        {at}.url                        media
        {at}.filename                   text retrieved
        {at}.mediaType                  word
        {at}.file.bytes                 media
        {at}.file.uri                   media
        {at}.file.name                  text retrieved
        {at}.file.mimeType              word
        {at}.metadata.**                text metadata
        """;

    private static string Message(string at) => $"""
        {at}.kind                       word
        {at}.role                       word
        {at}.messageId                  opaque
        {at}.contextId                  opaque
        {at}.taskId                     opaque
        {at}.referenceTaskIds[]         opaque
        {at}.extensions[]               opaque
        {at}.metadata.**                text metadata
        {Parts(at + ".parts[]")}
        """;

    private static string Artifact(string at) => $"""
        {at}.artifactId                 opaque
        {at}.name                       text tool-result
        {at}.description                text tool-result
        {at}.extensions[]               opaque
        {at}.metadata.**                text metadata
        {Parts(at + ".parts[]")}
        """;

    private static string Status(string at) => $"""
        {at}.taskId                     opaque
        {at}.contextId                  opaque
        {at}.status.state               word
        {at}.status.timestamp           opaque
        {at}.metadata.**                text metadata
        {Message(at + ".status.message")}
        """;

    private static string Task(string at) => $"""
        {at}.id                         opaque
        {Status(at)}
        {Message(at + ".history[]")}
        {Artifact(at + ".artifacts[]")}
        """;
}
