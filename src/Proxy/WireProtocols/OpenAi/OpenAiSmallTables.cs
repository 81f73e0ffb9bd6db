using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.OpenAi;

/// <summary>Where text lives in OpenAI's smaller APIs: embeddings, moderations, images, models.</summary>
internal static class OpenAiSmallTables
{
    public static FieldMap EmbeddingRequest { get; } = FieldMap.Parse("""
        model                         opaque -- chooses the model
        input                         tokens user
        input                         message
        input[]                       tokens user
        input[][]                     number
        content                       tokens user
        content                       message
        content[]                     tokens user
        content[][]                   number
        user                          opaque -- identifies the end user to the provider
        encoding_format               word
        output_dtype                  word
        dimensions                    number
        output_dimension              number
        """);

    public static FieldMap EmbeddingResponse { get; } = FieldMap.Parse($"""
        id                            opaque -- the provider's name for the answer
        object                        word
        model                         opaque -- the provider's name for the model
        data[].object                 word
        data[].index                  number
        data[].embedding              sealed -- a vector
        data[].embedding[]            number
        [].index                      number
        [].embedding[]                number
        [].embedding[][]              number
        usage.**                      number
        {ErrorTable.Lines}
        """);

    public static FieldMap ModerationRequest { get; } = FieldMap.Parse("""
        model                         opaque -- chooses the model
        input                         text user
        input                         message
        input[]                       text user
        input[].type                  word of text image_url
        input[].text                  text user
        input[].image_url.url         media image
        """);

    public static FieldMap ModerationResponse { get; } = FieldMap.Parse($"""
        id                            opaque -- the provider's name for the answer
        model                         opaque -- the provider's name for the model
        results[].**                  opaque -- the provider's own verdicts
        {ErrorTable.Lines}
        """);

    public static FieldMap ImageRequest { get; } = FieldMap.Parse($"""
        model                         opaque -- chooses the model
        prompt                        text user
        user                          opaque -- identifies the end user to the provider
        safety_identifier             opaque -- identifies the end user to the provider
        images[].image_url            media image
        images[].file_id              history -- the image was uploaded before
        mask.image_url                media image
        mask.file_id                  history -- the image was uploaded before
        {ImageTable.Settings}
        """);

    public static FieldMap ImageResponse { get; } = FieldMap.Parse($"""
        .                             below assistant
        created                       number
        data[].b64_json               media image
        data[].url                    media image
        data[].revised_prompt         text assistant
        data[].content_filter_results.** opaque -- the provider's own verdicts
        data[].prompt_filter_results.** opaque -- the provider's own verdicts
        background                    word
        output_format                 word
        quality                       word
        size                          word
        usage.**                      number
        {ErrorTable.Lines}
        """);

    public static FieldMap ModelsResponse { get; } = FieldMap.Parse($"""
        object                        word
        has_more                      number
        first_id                      opaque -- names a model
        last_id                       opaque -- names a model
        data[].**                     opaque -- describes a model
        id                            opaque -- names a model
        display_name                  opaque -- names a model
        type                          word
        created                       number
        created_at                    opaque -- a time
        owned_by                      opaque -- who made the model
        {ErrorTable.Lines}
        """);
}
