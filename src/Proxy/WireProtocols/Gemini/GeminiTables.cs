using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.Gemini;

/// <summary>Where text lives in Gemini's and Vertex AI's APIs. Every name also counts in snake case.</summary>
internal static class GeminiTables
{
    private const string Parts = """
        part.text                     text
        part.thought                  number
        part.thoughtSignature         sealed -- proves the reasoning to the provider
        part.inlineData.mimeType      word
        part.inlineData.displayName   text retrieved
        part.inlineData.data          media file
        part.fileData.mimeType        word
        part.fileData.displayName     text retrieved
        part.fileData.fileUri         history -- the file was uploaded before
        part.functionCall.id          opaque -- ties the call to its result
        part.functionCall.name        opaque tool tool-arguments -- the client's code knows the tool by it
        part.functionCall.args        record
        part.functionCall.args.**     text tool-arguments
        part.functionResponse.id      opaque -- ties the result to its call
        part.functionResponse.name    opaque tool -- the client's code knows the tool by it
        part.functionResponse.response    record
        part.functionResponse.response.** text tool-result
        part.functionResponse.parts[]     -> part
        part.functionResponse.scheduling  word
        part.functionResponse.willContinue number
        part.executableCode.language  word
        part.executableCode.code      text tool-arguments
        part.codeExecutionResult.outcome word
        part.codeExecutionResult.output text tool-result
        part.toolCall                 record
        part.toolCall.id              opaque -- ties the call to its result
        part.toolCall.**              text tool-arguments
        part.toolResponse             record
        part.toolResponse.id          opaque -- ties the result to its call
        part.toolResponse.**          text tool-result
        part.audioTranscription.text  text
        part.videoMetadata.**         number
        part.mediaResolution.**       word
        part.partMetadata             record
        part.partMetadata.**          text metadata
        """;

    private const string Generate = """
        model                         opaque -- chooses the model
        systemInstruction             text system
        systemInstruction             message below system
        systemInstruction.role        word
        systemInstruction.parts[]     -> part
        contents                      text user
        contents[]                    message
        contents[].role               word role of user model function system
        contents[].parts[]            -> part
        tools[]                       record
        tools[].functionDeclarations[].name        opaque tool-definition -- the client's code knows the tool by it
        tools[].functionDeclarations[].description text tool-definition
        tools[].functionDeclarations[].behavior    word
        tools[].functionDeclarations[].parameters  -> schema
        tools[].functionDeclarations[].parametersJsonSchema -> schema
        tools[].functionDeclarations[].response    -> schema
        tools[].functionDeclarations[].responseJsonSchema   -> schema
        tools[].**                    opaque tool-definition -- settings of tools that the provider runs
        toolConfig.**                 opaque -- names tools
        generationConfig              record
        generationConfig.stopSequences[]      opaque -- is compared with the output, letter by letter
        generationConfig.responseSchema       -> schema
        generationConfig.responseJsonSchema   -> schema
        generationConfig.responseMimeType     word
        generationConfig.responseModalities[] word
        generationConfig.thinkingConfig.**    word
        generationConfig.speechConfig.**      opaque -- voice settings
        generationConfig.imageConfig.**       word
        generationConfig.mediaResolution      word
        generationConfig.**           number
        safetySettings[].**           word
        labels                        record
        labels.*                      text metadata
        cachedContent                 history -- earlier text is stored at the provider
        continuationToken             sealed -- only the provider can read it
        modelArmorConfig.**           opaque -- settings of the provider's moderation
        serviceTier                   word
        store                         number
        """;

    private const string Embed = """
        model                         opaque -- chooses the model
        content                       message
        content.role                  word
        content.parts[]               -> part
        title                         text user
        taskType                      word
        outputDimensionality          number
        embedContentConfig.**         word
        """;

    /// <summary><c>generateContent</c>, token counting and the storing of contents.</summary>
    public static FieldMap Request { get; } = FieldMap.Parse(
        $"""
        {Generate}
        {TableLines.Under("generateContentRequest", Generate)}
        name                          opaque -- names the stored content
        displayName                   text metadata
        ttl                           word
        expireTime                    opaque -- a time
        {Parts}
        {SchemaTable.Lines}
        """,
        snakeCaseToo: true);

    /// <summary>Messages of a client of Gemini Live: each has one of these members.</summary>
    public static FieldMap LiveRequest { get; } = FieldMap.Parse(
        $"""
        {TableLines.Under("setup", Generate)}
        setup.sessionResumption.handle          history -- the session so far is stored at the provider
        setup.sessionResumption.**              number
        setup.historyConfig.**                  number
        setup.realtimeInputConfig.**            word
        setup.inputAudioTranscription.**        word
        setup.outputAudioTranscription.**       word
        setup.contextWindowCompression.**       number
        setup.proactivity.**                    number
        clientContent.turns[]                   message
        clientContent.turns[].role              word role of user model function system
        clientContent.turns[].parts[]           -> part
        clientContent.turnComplete              number
        realtimeInput.text                      text user
        realtimeInput.audio.data                media audio
        realtimeInput.audio.mimeType            word
        realtimeInput.video.data                media video
        realtimeInput.video.mimeType            word
        realtimeInput.mediaChunks[].data        media audio
        realtimeInput.mediaChunks[].mimeType    word
        realtimeInput.**                        number
        toolResponse.functionResponses[]        message below tool-result
        toolResponse.functionResponses[].id     opaque -- ties the result to its call
        toolResponse.functionResponses[].name   opaque tool -- the client's code knows the tool by it
        toolResponse.functionResponses[].scheduling word
        toolResponse.functionResponses[].response.** text tool-result
        contextUpdate                           record
        contextUpdate.**                        text metadata
        {Parts}
        {SchemaTable.Lines}
        """,
        snakeCaseToo: true);

    public static FieldMap EmbedRequest { get; } = FieldMap.Parse(
        $"""
        {Embed}
        {TableLines.Under("requests[]", Embed)}
        {Parts}
        """,
        snakeCaseToo: true);

    public static FieldMap Response { get; } = FieldMap.Parse(
        $"""
        .                             below assistant
        candidates[]                  choice message
        candidates[].index            number
        candidates[].content.role     word
        candidates[].content.parts[]  -> part
        candidates[].finishReason     word
        candidates[].finishMessage    text assistant
        candidates[].tokenCount       number
        candidates[].avgLogprobs      number
        candidates[].safetyRatings[].** word
        candidates[].citationMetadata     echo record
        candidates[].citationMetadata.**  text retrieved
        candidates[].groundingMetadata    echo record
        candidates[].groundingMetadata.** text retrieved
        candidates[].urlContextMetadata   record
        candidates[].urlContextMetadata.** text retrieved
        candidates[].logprobsResult       echo record
        candidates[].logprobsResult.**    opaque -- spells the answer token by token; taken out when the answer changes
        promptFeedback.blockReason    word
        promptFeedback.blockReasonMessage text assistant
        promptFeedback.**             word
        modelVersion                  opaque -- the provider's name for the model
        responseId                    opaque -- the provider's name for the answer
        createTime                    opaque -- a time
        modelStatus.**                opaque -- describes the model
        usageMetadata.**              number
        totalTokens                   number
        totalBillableCharacters       number
        cachedContentTokenCount       number
        promptTokensDetails[].**      word
        cacheTokensDetails[].**       word
        embedding.values[]            number
        embeddings[].values[]         number
        name                          opaque -- names the stored content
        model                         opaque -- the provider's name for the model
        displayName                   text metadata
        updateTime                    opaque -- a time
        expireTime                    opaque -- a time
        {ErrorTable.Lines}
        {Parts}
        """,
        snakeCaseToo: true);

    public static FieldMap Models { get; } = FieldMap.Parse(
        $"""
        models[].**                   opaque -- describes a model
        nextPageToken                 opaque -- names a place in the list
        {ErrorTable.Lines}
        """);
}
