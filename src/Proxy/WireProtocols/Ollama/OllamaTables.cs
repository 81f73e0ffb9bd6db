using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.Ollama;

/// <summary>Where text lives in Ollama's own API.</summary>
internal static class OllamaTables
{
    private const string Calls = """
        call                          message
        call.id                       opaque -- ties the call to its result
        call.type                     word
        call.function.index           number
        call.function.name            opaque tool tool-arguments -- the client's code knows the tool by it
        call.function.arguments       json tool-arguments
        call.function.arguments       record
        call.function.arguments.**    text tool-arguments
        """;

    public static FieldMap Request { get; } = FieldMap.Parse($"""
        model                         opaque -- chooses the model
        messages[]                    message
        messages[].role               word role of system user assistant tool
        messages[].content            text
        messages[].thinking           text reasoning
        messages[].images[]           media image
        messages[].tool_calls[]       -> call
        messages[].tool_name          opaque tool -- names a tool
        messages[].tool_call_id       opaque -- ties the result to its call
        prompt                        text user
        suffix                        text user
        system                        text system
        template                      text developer
        context                       tokens user
        images[]                      media image
        input                         tokens user
        input                         message
        input[]                       tokens user
        tools[]                       record
        tools[].type                  word
        tools[].function.name         opaque tool-definition -- the client's code knows the tool by it
        tools[].function.description  text tool-definition
        tools[].function.parameters   -> schema
        format                        -> schema
        options.stop[]                opaque -- is compared with the output, letter by letter
        options.**                    number
        keep_alive                    word
        think                         word
        raw                           number
        stream                        number
        truncate                      number
        dimensions                    number
        logprobs                      number
        top_logprobs                  number
        {Calls}
        {SchemaTable.Lines}
        """);

    public static FieldMap Response { get; } = FieldMap.Parse($"""
        .                             below assistant
        model                         opaque -- the provider's name for the model
        remote_model                  opaque -- the provider's name for the model
        remote_host                   opaque -- names a server
        created_at                    opaque -- a time
        message                       message
        message.role                  word
        message.content               text assistant
        message.thinking              text reasoning
        message.tool_calls[]          -> call
        message.tool_name             opaque -- names a tool
        message.images[]              media image
        response                      text assistant
        thinking                      text reasoning
        tool_calls[]                  -> call
        context                       tokens
        done                          number
        done_reason                   word
        logprobs                      echo record
        logprobs[].**                 opaque -- spells the answer token by token; taken out when the answer changes
        _debug_info                   echo record
        _debug_info.**                text system
        embedding[]                   number
        embeddings[][]                number
        total_duration                number
        load_duration                 number
        prompt_eval_count             number
        prompt_eval_duration          number
        eval_count                    number
        eval_duration                 number
        {ErrorTable.Lines}
        {Calls}
        """);

    public static FieldMap Models { get; } = FieldMap.Parse($"""
        models[].**                   opaque -- describes a model
        version                       opaque -- names the server's software
        {ErrorTable.Lines}
        """);
}
