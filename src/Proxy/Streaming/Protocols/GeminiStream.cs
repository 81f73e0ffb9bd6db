using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// Google's <c>streamGenerateContent</c>, as server-sent events or as one JSON array. Parts of a candidate continue its text
/// whatever their place; thoughts are a text of their own.
/// </summary>
internal static class GeminiStream
{
    public static StreamDescription Sse { get; } = Describe("gemini.sse", StreamFraming.SseCrLf);

    public static StreamDescription Array { get; } = Describe("gemini.array", StreamFraming.JsonArray);

    private static StreamDescription Describe(string id, StreamFraming framing) => new()
    {
        Id = id,
        Framing = framing,
        Fields = FieldMap.Parse("""
            candidates[].index                                     number
            candidates[].finishReason                              word
            candidates[].finishMessage                             text assistant
            candidates[].tokenCount                                number
            candidates[].avgLogprobs                               number
            candidates[].safetyRatings[].**                        word
            candidates[].content.role                              word
            candidates[].content.parts[].text                      text assistant
            candidates[].content.parts[].thought                   number
            candidates[].content.parts[].thoughtSignature          sealed -- binds the reasoning to its turn
            candidates[].content.parts[].inlineData.mimeType       word
            candidates[].content.parts[].inlineData.data           media
            candidates[].content.parts[].fileData.mimeType         word
            candidates[].content.parts[].fileData.**               text retrieved
            candidates[].content.parts[].functionCall.id           opaque
            candidates[].content.parts[].functionCall.name         opaque -- the client's code knows the tool by it
            candidates[].content.parts[].functionCall.args.**      text tool-arguments
            candidates[].content.parts[].functionCall.willContinue number
            candidates[].content.parts[].functionCall.partialArgs[].jsonPath     opaque
            candidates[].content.parts[].functionCall.partialArgs[].stringValue  text tool-arguments
            candidates[].content.parts[].functionCall.partialArgs[].**           number
            candidates[].content.parts[].functionResponse.id       opaque
            candidates[].content.parts[].functionResponse.name     opaque
            candidates[].content.parts[].functionResponse.response.** text tool-result
            candidates[].content.parts[].executableCode.language   word
            candidates[].content.parts[].executableCode.code       text tool-arguments
            candidates[].content.parts[].codeExecutionResult.outcome word
            candidates[].content.parts[].codeExecutionResult.output  text tool-result
            candidates[].citationMetadata.**                       text retrieved
            candidates[].groundingMetadata.**                      text retrieved
            candidates[].urlContextMetadata.**                     text retrieved
            candidates[].logprobsResult.chosenCandidates[].token   text assistant
            candidates[].logprobsResult.topCandidates[].candidates[].token opaque
            candidates[].logprobsResult.**                         number
            promptFeedback.blockReason                             word
            promptFeedback.blockReasonMessage                      text metadata
            promptFeedback.safetyRatings[].**                      word
            usageMetadata.**                                       number
            modelVersion                                           opaque
            responseId                                             opaque
            createTime                                             opaque
            error.code                                             number
            error.message                                          text metadata
            error.status                                           word
            error.details[].**                                     text metadata
            """),
        Lane = "candidates[]",
        Channels =
        [
            new("candidates[].content.parts[].text", "text", SegmentRole.Assistant) { Beside = "candidates[].logprobsResult" },
            new("candidates[].content.parts[].text", "thought", SegmentRole.Reasoning) { OnlyWith = "candidates[].content.parts[].thought" },
            new("candidates[].content.parts[].functionCall.partialArgs[].stringValue", "args", SegmentRole.ToolArguments),
            new("candidates[].logprobsResult.chosenCandidates[].token", "logprobs", SegmentRole.Assistant)
            {
                Beside = "candidates[].logprobsResult",
                IsShadow = true,
            },
        ],
        Calls = [new("candidates[].content.parts[].functionCall") { ArrivesWhole = true, Name = "candidates[].content.parts[].functionCall.name" }],
        Closes = [new() { Path = "candidates[].finishReason", Lane = "candidates[]" }],
        ErrorPath = "error",
        Remembered = ["modelVersion", "responseId"],
        Ending = new GeminiEnding(),
    };
}
