using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.Cohere;

/// <summary>Where text lives in Cohere's API, version 2.</summary>
internal static class CohereTables
{
    private const string Parts = """
        part                          text
        part.type                     word type of text image_url thinking document
        part.text                     text
        part.thinking                 text reasoning
        part.image_url.url            media image
        part.image_url.detail         word
        part.document                 record below tool-result
        part.document.id              opaque -- ties citations to the document
        part.document.data            text tool-result
        part.document.data.**         text tool-result
        call                          message
        call.id                       opaque -- ties the call to its result
        call.type                     word
        call.function.name            opaque tool tool-arguments -- the client's code knows the tool by it
        call.function.arguments       json tool-arguments
        """;

    public static FieldMap ChatRequest { get; } = FieldMap.Parse($"""
        model                         opaque -- chooses the model
        messages[]                    message
        messages[].role               word role of system user assistant tool
        messages[].content            text
        messages[].content[]          -> part
        messages[].tool_call_id       opaque -- ties the result to its call
        messages[].tool_calls[]       -> call
        messages[].tool_plan          text reasoning
        messages[].citations[]        record
        messages[].citations[].**     text retrieved
        documents[]                   text retrieved
        documents[]                   record
        documents[].id                opaque -- ties citations to the document
        documents[].data              text retrieved
        documents[].data.**           text retrieved
        tools[]                       record
        tools[].type                  word
        tools[].function.name         opaque tool-definition -- the client's code knows the tool by it
        tools[].function.description  text tool-definition
        tools[].function.parameters   -> schema
        tool_choice                   word
        strict_tools                  number
        citation_options.**           word
        response_format.type          word
        response_format.json_schema   -> schema
        response_format.schema        -> schema
        safety_mode                   word
        stop_sequences[]              opaque -- is compared with the output, letter by letter
        thinking.**                   word
        reasoning_effort              word
        stream                        number
        logprobs                      number
        seed                          number
        k                             number
        p                             number
        temperature                   number
        max_tokens                    number
        frequency_penalty             number
        presence_penalty              number
        priority                      number
        raw_prompting                 number
        {Parts}
        {SchemaTable.Lines}
        """);

    public static FieldMap ChatResponse { get; } = FieldMap.Parse($"""
        .                             below assistant
        id                            opaque -- the provider's name for the answer
        finish_reason                 word
        message                       text assistant
        message                       message
        message.role                  word
        message.content               text assistant
        message.content[]             -> part
        message.tool_plan             text reasoning
        message.tool_calls[]          -> call
        message.citations             echo record
        message.citations[].**        text retrieved
        logprobs                      echo record
        logprobs[].**                 opaque -- spells the answer token by token; taken out when the answer changes
        usage.**                      number
        {Parts}
        """);

    /// <summary>Embeddings and reranking.</summary>
    public static FieldMap DataRequest { get; } = FieldMap.Parse($"""
        model                         opaque -- chooses the model
        texts                         message
        texts[]                       text user
        images[]                      media image
        inputs[]                      message
        inputs[].content[]            -> part
        input_type                    word
        embedding_types[]             word
        truncate                      word
        output_dimension              number
        max_tokens                    number
        query                         text user
        documents[]                   text retrieved
        documents[]                   record
        documents[].**                text retrieved
        top_n                         number
        max_tokens_per_doc            number
        priority                      number
        return_documents              number
        {Parts}
        """);

    public static FieldMap DataResponse { get; } = FieldMap.Parse("""
        id                            opaque -- the provider's name for the answer
        embeddings[][]                number
        embeddings.*[][]              number
        embeddings.*[]                sealed -- a vector
        texts                         message
        texts[]                       text user
        images[].**                   word
        results[].index               number
        results[].relevance_score     number
        results[].document            record
        results[].document.**         text retrieved
        response_type                 word
        meta.**                       opaque -- counts and versions
        message                       text assistant
        """);
}
