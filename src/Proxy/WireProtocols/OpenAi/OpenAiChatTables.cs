using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.OpenAi;

/// <summary>Where text lives in Chat Completions, with the additions of Azure, Mistral, vLLM, llama.cpp and others who speak it.</summary>
internal static class OpenAiChatTables
{
    private const string Parts = """
        part                          text
        part.type                     word type of text image_url input_audio file refusal video_url audio_url thinking reference document_url
        part.text                     text
        part.refusal                  text assistant
        part.image_url                media image
        part.image_url.url            media image
        part.image_url.detail         word
        part.video_url                media video
        part.video_url.url            media video
        part.audio_url                media audio
        part.audio_url.url            media audio
        part.input_audio              media audio
        part.input_audio.data         media audio
        part.input_audio.url          media audio
        part.input_audio.format       word
        part.file.file_data           media file
        part.file.filename            text retrieved
        part.file.file_id             history -- the file was uploaded before
        part.document_url             media file
        part.document_name            text retrieved
        part.thinking                 text reasoning
        part.thinking[]               -> part
        part.signature                sealed -- proves the reasoning to the provider
        part.reference_ids[]          number
        part.closed                   number
        part.prompt_cache_breakpoint  opaque -- steers the provider's cache
        part.prompt_cache_breakpoint.** opaque -- steers the provider's cache
        part.cache_control.**         word
        call                          message
        call.id                       opaque -- ties the call to its result
        call.type                     word of function custom
        call.index                    number
        call.function.name            opaque tool tool-arguments -- the client's code knows the tool by it
        call.function.arguments       json tool-arguments
        call.function.arguments       record
        call.function.arguments.**    text tool-arguments
        call.custom.name              opaque tool tool-arguments -- the client's code knows the tool by it
        call.custom.input             text tool-arguments
        """;

    public const string Tools = """
        tools[]                                  record
        tools[].type                             word of function custom
        tools[].name                             opaque tool-definition -- the client's code knows the tool by it
        tools[].description                      text tool-definition
        tools[].parameters                       -> schema
        tools[].function.name                    opaque tool-definition -- the client's code knows the tool by it
        tools[].function.description             text tool-definition
        tools[].function.parameters              -> schema
        tools[].function.strict                  number
        tools[].custom.name                      opaque tool-definition -- the client's code knows the tool by it
        tools[].custom.description               text tool-definition
        tools[].custom.format.type               word
        tools[].custom.format.grammar.syntax     word
        tools[].custom.format.grammar.definition opaque tool-definition -- a grammar is a contract between machines
        tools[].**                               opaque tool-definition -- settings of tools that the provider runs
        """;

    /// <summary>The lines of requests, for those who add to them.</summary>
    public const string RequestLines = $"""
        model                         opaque -- chooses the model
        messages[]                    message
        messages[].role               word role of system developer user assistant tool function
        messages[].content            text
        messages[].content[]          -> part
        messages[].name               opaque -- tells speakers apart
        messages[].refusal            text assistant
        messages[].reasoning          text reasoning
        messages[].reasoning_content  text reasoning
        messages[].tool_calls[]       -> call
        messages[].tool_call_id       opaque -- ties the result to its call
        messages[].function_call.name opaque tool tool-arguments -- the client's code knows the function by it
        messages[].function_call.arguments json tool-arguments
        messages[].audio.id           history -- the sound is stored at the provider
        messages[].annotations.**     text retrieved
        messages[].prefix             number
        prediction                    message below user
        prediction.type               word
        prediction.content            text
        prediction.content[]          -> part
        functions[]                   record
        functions[].name              opaque tool-definition -- the client's code knows the function by it
        functions[].description       text tool-definition
        functions[].parameters        -> schema
        function_call                 word
        function_call.name            opaque -- names a function
        tool_choice                   word
        tool_choice.**                opaque -- names tools
        response_format.type          word
        response_format               record
        response_format.json_schema.name        opaque tool-definition -- names the schema
        response_format.json_schema.description text tool-definition
        response_format.json_schema.schema      -> schema
        response_format.json_schema.strict      number
        response_format.schema        -> schema
        stop                          opaque -- is compared with the output, letter by letter
        stop[]                        opaque -- is compared with the output, letter by letter
        metadata                      record
        metadata.*                    text metadata
        user                          opaque -- identifies the end user to the provider
        safety_identifier             opaque -- identifies the end user to the provider
        prompt_cache_key              opaque -- steers the provider's cache
        prompt_cache_retention        word
        prompt_cache_options.**       opaque -- steers the provider's cache
        logit_bias                    record
        logit_bias.*                  number
        web_search_options.search_context_size word
        web_search_options.user_location.type word
        web_search_options.user_location.approximate record
        web_search_options.user_location.approximate.* text metadata
        moderation.**                 opaque -- settings of the provider's moderation
        audio.**                      opaque -- voice settings
        modalities[]                  word
        verbosity                     word
        reasoning_effort              word
        reasoning.**                  word
        service_tier                  word
        store                         number
        stream                        number
        stream_options.*              number
        n                             number
        seed                          number
        temperature                   number
        top_p                         number
        top_k                         number
        min_p                         number
        max_tokens                    number
        max_completion_tokens         number
        presence_penalty              number
        frequency_penalty             number
        repetition_penalty            number
        logprobs                      number
        top_logprobs                  number
        parallel_tool_calls           number
        {Tools}
        data_sources[]                record
        data_sources[].parameters.role_information text system
        data_sources[].parameters.authentication.** credential
        data_sources[].**             opaque -- settings of a search service
        safe_prompt                   number
        random_seed                   number
        prompt_mode                   word
        guardrails.**                 opaque -- settings of the provider's moderation
        chat_template                 text developer
        chat_template_kwargs          record
        chat_template_kwargs.**       text metadata
        documents[]                   record below retrieved
        documents[].**                text retrieved
        structured_outputs.**         opaque tool-definition -- a grammar is a contract between machines
        grammar                       opaque tool-definition -- a grammar is a contract between machines
        json_schema                   -> schema
        bad_words[]                   opaque -- is compared with the output, letter by letter
        prompt_token_ids              tokens
        cache_salt                    opaque -- steers the provider's cache
        {Parts}
        {SchemaTable.Lines}
        """;

    public static FieldMap Request { get; } = FieldMap.Parse(RequestLines);

    /// <summary>The lines of answers, likewise.</summary>
    public const string ResponseLines = $"""
        .                             below assistant
        id                            opaque -- the provider's name for the answer
        object                        word of chat.completion
        created                       number
        model                         opaque -- the provider's name for the model
        system_fingerprint            opaque -- names the provider's software
        service_tier                  word
        choices[]                     choice message
        choices[].index               number
        choices[].finish_reason       word of stop length tool_calls content_filter function_call model_length error
        choices[].stop_reason         opaque -- repeats a stop sequence of the request
        choices[].message.role        word of assistant
        choices[].message.content     text assistant
        choices[].message.content[]   -> part
        choices[].message.refusal     text assistant
        choices[].message.reasoning   text reasoning
        choices[].message.reasoning_content text reasoning
        choices[].message.tool_calls[] -> call
        choices[].message.function_call.name opaque tool tool-arguments -- the client's code knows the function by it
        choices[].message.function_call.arguments json tool-arguments
        choices[].message.audio.id    opaque -- names the stored sound
        choices[].message.audio.data  media audio
        choices[].message.audio.transcript text assistant
        choices[].message.audio.expires_at number
        choices[].message.annotations echo record
        choices[].message.annotations[].type word
        choices[].message.annotations[].** text retrieved
        choices[].message.context     record
        choices[].message.context.**  text retrieved
        choices[].logprobs            echo record
        choices[].logprobs.**         opaque -- spells the answer token by token; taken out when the answer changes
        choices[].token_ids           tokens
        choices[].content_filter_results.**  opaque -- the provider's own verdicts
        choices[].content_filter_result.**   opaque -- the provider's own verdicts
        prompt_filter_results.**      opaque -- the provider's own verdicts
        prompt_annotations.**         opaque -- the provider's own verdicts
        prompt_logprobs.**            opaque -- spells the prompt token by token
        prompt_token_ids              tokens
        moderation.**                 opaque -- the provider's own verdicts
        metadata                      record
        metadata.*                    text metadata
        usage.**                      number
        timings.**                    number
        {ErrorTable.Lines}
        {Parts}
        """;

    public static FieldMap Response { get; } = FieldMap.Parse(ResponseLines);
}
