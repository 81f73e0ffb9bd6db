using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.OpenAi;

/// <summary>Where text lives in what clients send over OpenAI's sockets: Realtime, and Responses in its socket mode.</summary>
internal static class OpenAiSocketTables
{
    private const string Session = """
        id                            opaque -- the provider's name for it
        object                        word
        type                          word
        model                         opaque -- chooses the model
        instructions                  text system
        tools[]                       -> tool
        tool_choice                   word
        tool_choice.**                opaque -- names tools
        prompt.id                     history -- the template is stored at the provider
        prompt.version                word
        prompt.variables              record
        prompt.variables.**           text user
        output_modalities[]           word
        modalities[]                  word
        voice                         word
        voice.**                      opaque -- names a voice
        audio.input.transcription.prompt text user
        audio.input.transcription.keywords[] text user
        audio.**                      opaque -- settings of the sound
        input_audio_format            word
        output_audio_format           word
        input_audio_transcription.prompt text user
        input_audio_transcription.**  opaque -- settings of the sound
        input_audio_noise_reduction.** word
        turn_detection.**             word
        tracing                       word
        tracing.group_id              opaque -- groups traces at the provider
        tracing.**                    text metadata
        truncation                    word
        truncation.**                 word
        include[]                     word
        reasoning.**                  word
        max_output_tokens             word
        max_response_output_tokens    word
        temperature                   number
        speed                         number
        expires_at                    number
        conversation                  word
        input[]                       -> item
        metadata                      record
        metadata.*                    text metadata
        """;

    /// <summary>Client events of the Realtime API.</summary>
    public static FieldMap Realtime { get; } = FieldMap.Parse($"""
        type                          word of session.update transcription_session.update input_audio_buffer.append input_audio_buffer.commit input_audio_buffer.clear output_audio_buffer.clear conversation.item.create conversation.item.retrieve conversation.item.delete conversation.item.truncate response.create response.cancel
        event_id                      opaque -- the client's name for the event
        previous_item_id              opaque -- names an item
        item_id                       opaque -- names an item
        response_id                   opaque -- names a response
        content_index                 number
        audio_end_ms                  number
        audio                         media audio
        item                          -> item
        {TableLines.Under("session", Session)}
        {TableLines.Under("response", Session)}
        {OpenAiResponsesTables.Items}
        {SchemaTable.Lines}
        """);

    /// <summary>Client events of Responses over a socket: requests as over HTTP, each with a type.</summary>
    public static FieldMap Responses { get; } = FieldMap.Parse($"""
        type                          word of response.create response.cancel response.steer response.inject
        event_id                      opaque -- the client's name for the event
        stream_id                     opaque -- tells streams of one socket apart
        response_id                   opaque -- names a response
        generate                      number
        {OpenAiResponsesTables.RequestLines}
        """);
}
