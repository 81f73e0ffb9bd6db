using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.OpenAi;

/// <summary>Where text lives in the APIs of OpenAI that take files: audio, images, files.</summary>
internal static class OpenAiFormTables
{
    public static FieldMap AudioForm { get; } = FieldMap.Parse($"""
        model                         opaque -- chooses the model
        {FileTable.Lines("file", "audio", "text user")}
        prompt                        text user
        keywords                      text user
        known_speaker_names           text user
        known_speaker_references      media audio
        language                      word
        response_format               word
        temperature                   number
        stream                        number
        include                       word
        timestamp_granularities       word
        chunking_strategy             json metadata
        chunking_strategy.*           word
        """);

    public static FieldMap AudioResponse { get; } = FieldMap.Parse($"""
        .                             below assistant
        text                          text assistant
        segments                      message
        segments[].text               text assistant
        segments[].speaker            text assistant
        segments[].id                 opaque -- the provider's name for the segment
        segments[].type               word
        segments[].tokens             tokens assistant
        segments[].tokens[]           tokens assistant
        segments[].*                  number
        words                         message
        words[].word                  text assistant
        words[].*                     number
        logprobs                      echo
        logprobs[].token              text assistant
        logprobs[].bytes[]            number
        logprobs[].logprob            number
        task                          word
        language                      word
        duration                      number
        usage.**                      number
        {ErrorTable.Lines}
        """);

    public static FieldMap SpeechRequest { get; } = FieldMap.Parse("""
        model                         opaque -- chooses the model
        input                         text user
        instructions                  text user
        voice                         opaque -- names a voice
        voice.id                      opaque -- names a voice
        response_format               word
        stream_format                 word
        speed                         number
        """);

    public static FieldMap ErrorResponse { get; } = FieldMap.Parse(ErrorTable.Lines);

    public static FieldMap ImageForm { get; } = FieldMap.Parse($"""
        model                         opaque -- chooses the model
        prompt                        text user
        user                          opaque -- identifies the end user to the provider
        safety_identifier             opaque -- identifies the end user to the provider
        {FileTable.Lines("image", "image")}
        {FileTable.Lines("mask", "image")}
        {FileTable.Lines("markup", "image")}
        {ImageTable.Settings}
        """);

    public static FieldMap FileForm { get; } = FieldMap.Parse($"""
        {FileTable.Lines("file", "file", "lines")}
        purpose                       word
        expires_after.anchor          word
        expires_after.seconds         number
        expires_after                 json metadata
        """);

    public static FieldMap PartForm { get; } = FieldMap.Parse(FileTable.Lines("data", "file", "lines"));

    public static FieldMap UploadRequest { get; } = FieldMap.Parse("""
        filename                      text metadata
        purpose                       word
        mime_type                     word
        bytes                         number
        expires_after.anchor          word
        expires_after.seconds         number
        part_ids[]                    history -- each part was inspected when it was sent, what lies over two of them was not
        md5                           opaque -- the sum of all parts
        """);

    private const string File = """
        file.id                       opaque -- names a file
        file.object                   word
        file.filename                 text metadata
        file.purpose                  word
        file.status                   word
        file.status_details           text metadata
        file.bytes                    number
        file.created_at               number
        file.expires_at               number
        file.deleted                  number
        """;

    public static FieldMap UploadResponse { get; } = FieldMap.Parse($"""
        id                            opaque -- names an upload, or a part of one
        object                        word
        upload_id                     opaque -- names an upload
        filename                      text metadata
        purpose                       word
        status                        word
        bytes                         number
        created_at                    number
        expires_at                    number
        file                          -> file
        {File}
        {ErrorTable.Lines}
        """);

    public static FieldMap FileResponse { get; } = FieldMap.Parse($"""
        object                        word
        has_more                      number
        first_id                      opaque -- names a file
        last_id                       opaque -- names a file
        data[]                        -> file
        .                             -> file
        {File}
        {ErrorTable.Lines}
        """);

    public static FieldMap BatchRequest { get; } = FieldMap.Parse("""
        input_file_id                 history -- its lines were filtered when the file was uploaded
        endpoint                      word
        completion_window             word
        metadata                      record
        metadata.*                    text metadata
        output_expires_after.anchor   word
        output_expires_after.seconds  number
        """);

    public static FieldMap BatchResponse { get; } = FieldMap.Parse($"""
        object                        word
        has_more                      number
        first_id                      opaque -- names a batch
        last_id                       opaque -- names a batch
        data[]                        -> batch
        .                             -> batch
        batch.id                      opaque -- names a batch
        batch.object                  word
        batch.endpoint                word
        batch.model                   opaque -- the provider's name for the model
        batch.status                  word
        batch.completion_window       word
        batch.input_file_id           opaque -- names a file
        batch.output_file_id          opaque -- names a file, which is filtered when it is fetched
        batch.error_file_id           opaque -- names a file, which is filtered when it is fetched
        batch.errors.object           word
        batch.errors.data[].code      opaque -- an error code
        batch.errors.data[].line      number
        batch.errors.data[].param     opaque -- names a member of the request
        batch.errors.data[].message   text assistant
        batch.request_counts.*        number
        batch.usage.**                number
        batch.metadata                record
        batch.metadata.*              text metadata
        batch.created_at              number
        batch.in_progress_at          number
        batch.expires_at              number
        batch.finalizing_at           number
        batch.completed_at            number
        batch.failed_at               number
        batch.expired_at              number
        batch.cancelling_at           number
        batch.cancelled_at            number
        {ErrorTable.Lines}
        """);
}
