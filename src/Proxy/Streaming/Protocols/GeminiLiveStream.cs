using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>What Gemini Live says over a socket: turns in pieces, transcripts of what is heard and spoken, and whole calls.</summary>
internal static class GeminiLiveStream
{
    public static StreamDescription Description { get; } = new()
    {
        Id = "gemini.live",
        Framing = StreamFraming.Messages,
        Fields = FieldMap.Parse(
            """
            setupComplete.sessionId                                 opaque
            setupComplete.**                                        word
            serverContent.modelTurn.role                            word
            serverContent.modelTurn.parts[].text                    text assistant
            serverContent.modelTurn.parts[].thought                 number
            serverContent.modelTurn.parts[].thoughtSignature        sealed -- binds the reasoning to its turn
            serverContent.modelTurn.parts[].inlineData.mimeType     word
            serverContent.modelTurn.parts[].inlineData.data         media
            serverContent.modelTurn.parts[].fileData.mimeType       word
            serverContent.modelTurn.parts[].fileData.**             text retrieved
            serverContent.modelTurn.parts[].executableCode.language word
            serverContent.modelTurn.parts[].executableCode.code     text tool-arguments
            serverContent.modelTurn.parts[].codeExecutionResult.outcome word
            serverContent.modelTurn.parts[].codeExecutionResult.output  text tool-result
            serverContent.inputTranscription.text                   text user
            serverContent.inputTranscription.finished               number
            serverContent.interimInputTranscription.text            text user
            serverContent.interimInputTranscription.finished        number
            serverContent.outputTranscription.text                  text assistant
            serverContent.outputTranscription.finished              number
            serverContent.turnComplete                              number
            serverContent.generationComplete                        number
            serverContent.interrupted                               number
            serverContent.waitingForInput                           number
            serverContent.turnCompleteReason                        word
            serverContent.groundingMetadata.**                      text retrieved
            serverContent.urlContextMetadata.**                     text retrieved
            toolCall.functionCalls[].id                             opaque
            toolCall.functionCalls[].name                           opaque -- the client's code knows the tool by it
            toolCall.functionCalls[].args.**                        text tool-arguments
            toolCallCancellation.ids[]                              opaque
            sessionResumptionUpdate.newHandle                       sealed -- names the session at the provider
            sessionResumptionUpdate.**                              word
            goAway.timeLeft                                         word
            usageMetadata.**                                        word
            error.code                                              number
            error.status                                            word
            error.message                                           text metadata
            """,
            snakeCaseToo: true),
        Channels =
        [
            new("serverContent.modelTurn.parts[].text", "text", SegmentRole.Assistant),
            new("serverContent.modelTurn.parts[].text", "thought", SegmentRole.Reasoning) { OnlyWith = "serverContent.modelTurn.parts[].thought" },
            new("serverContent.inputTranscription.text", "heard", SegmentRole.User),
            new("serverContent.outputTranscription.text", "spoken", SegmentRole.Assistant),
        ],
        Calls = [new("toolCall.functionCalls[]") { ArrivesWhole = true, Name = "toolCall.functionCalls[].name" }],
        Closes =
        [
            new() { Path = "serverContent.turnComplete" },
            new() { Path = "serverContent.interrupted" },
        ],
        MayEndAnywhere = true,
        Ending = new GeminiLiveEnding(),
    };
}
