using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.Anthropic;

/// <summary>Where text lives in Anthropic's Messages.</summary>
internal static class AnthropicMessagesTables
{
    private const string Blocks = """
        block                         text
        block.type                    word type of text image document search_result thinking redacted_thinking tool_use server_tool_use mcp_tool_use tool_result mcp_tool_result web_search_tool_result web_search_result web_fetch_tool_result web_fetch_result code_execution_tool_result bash_code_execution_tool_result text_editor_code_execution_tool_result tool_search_tool_result advisor_tool_result container_upload compaction tool_reference
        block.id                      opaque -- ties a call to its result
        block.tool_use_id             opaque -- ties the result to its call
        block.name                    opaque tool tool-arguments -- the client's code knows the tool by it
        block.server_name             opaque -- names a tool server
        block.tool_name               opaque -- names a tool
        block.text                    text
        block.data                    sealed -- reasoning that only the provider can read
        block.encrypted_content       sealed -- only the provider can read it
        block.encrypted_index         sealed -- only the provider can read it
        block.citations               record below retrieved
        block.citations[].type        word
        block.citations[].encrypted_index sealed -- only the provider can read it
        block.citations[].file_id     history
        block.citations[].**          text retrieved
        block.citations.enabled       number
        block.input                   record below tool-arguments
        block.input.**                text tool-arguments
        block.content                 text tool-result
        block.content                 message below tool-result
        block.content[]               -> block
        block.content.type            word
        block.content.url             text
        block.content.content         -> block
        block.content.stdout          text tool-result
        block.content.stderr          text tool-result
        block.content.encrypted_stdout sealed -- only the provider can read it
        block.content.error_code      opaque -- an error code
        block.content.retrieved_at    opaque -- a time
        block.content.**              text tool-result
        block.is_error                number
        block.source                  text retrieved
        block.source                  message
        block.source.type             word type of base64 text url file content
        block.source.media_type       word
        block.source.data             text when text
        block.source.data             media image when base64
        block.source.data             media file
        block.source.url              media file
        block.source.file_id          history -- the file was uploaded before
        block.source.content          text
        block.source.content[]        -> block
        block.title                   text retrieved
        block.context                 text retrieved
        block.url                     text retrieved
        block.page_age                text retrieved
        block.file_id                 history -- the file was uploaded before
        block.cache_control.**        word
        """;

    // On its way to the provider: a changed letter makes it refuse the conversation. On its way to the reader it is text like any
    // other, and what is changed is no longer signed.
    private const string SentBack = """
        block.thinking                opaque reasoning -- signed: a changed letter makes the provider refuse the conversation
        block.signature               sealed -- proves the reasoning to the provider
        """;

    private const string Shown = """
        block.thinking                text reasoning
        block.signature               sealed signature -- proves the reasoning to the provider
        """;

    private const string RequestLines = $"""
        model                         opaque -- chooses the model
        max_tokens                    number
        stream                        number
        temperature                   number
        top_p                         number
        top_k                         number
        service_tier                  word
        speed                         word
        inference_geo                 word
        anthropic_version             word
        anthropic_beta[]              word
        thinking.**                   word
        cache_control.**              word
        system                        text system
        system                        message below system
        system[]                      -> block
        messages[]                    message
        messages[].role               word role of user assistant system
        messages[].content            text
        messages[].content[]          -> block
        tools[]                       record
        tools[].type                  word
        tools[].name                  opaque tool-definition -- the client's code knows the tool by it
        tools[].description           text tool-definition
        tools[].input_schema          -> schema
        tools[].input_examples.**     text tool-definition
        tools[].cache_control.**      word
        tools[].user_location.**      text metadata
        tools[].**                    opaque tool-definition -- settings of tools that the provider runs
        tool_choice.**                opaque -- names a tool
        stop_sequences[]              opaque -- is compared with the output, letter by letter
        metadata                      record
        metadata.user_id              opaque -- identifies the end user to the provider
        user_profile_id               opaque -- identifies the end user to the provider
        workspace_id                  opaque -- names the account
        output_config                 record
        output_config.effort          word
        output_config.format.type     word
        output_config.format.schema   -> schema
        output_format                 record
        output_format.type            word
        output_format.schema          -> schema
        mcp_servers[]                 record
        mcp_servers[].authorization_token credential
        mcp_servers[].**              opaque -- settings of tool servers
        container                     opaque -- names a container at the provider
        container.**                  opaque -- names a container at the provider
        context_management.**         opaque -- settings of the conversation's memory
        thread.type                   word
        thread.previous_message_id    history -- earlier messages are stored at the provider
        fallbacks.**                  opaque -- names other models
        fallback_credit_token         credential
        """;

    public static FieldMap Request { get; } = FieldMap.Parse($"""
        {RequestLines}
        {Blocks}
        {SentBack}
        {SchemaTable.Lines}
        """);

    public static FieldMap Response { get; } = FieldMap.Parse($"""
        .                             below assistant
        id                            opaque -- the provider's name for the answer
        type                          word of message error
        role                          word of assistant
        model                         opaque -- the provider's name for the model
        content                       message
        content[]                     -> block
        stop_reason                   word of end_turn max_tokens stop_sequence tool_use pause_turn refusal model_context_window_exceeded compaction
        stop_sequence                 opaque -- repeats a stop sequence of the request
        stop_details.type             word
        stop_details.explanation      text assistant
        stop_details.fallback_credit_token credential
        stop_details.**               opaque -- the provider's own verdict
        container.**                  opaque -- names a container at the provider
        context_management.**         opaque -- what was left out of the conversation
        input_transformations.**      opaque -- what the provider left out of the conversation
        diagnostics.**                opaque -- the provider's own remarks
        usage.**                      number
        input_tokens                  number
        amazon-bedrock-guardrailAction word
        amazon-bedrock-trace          echo record
        amazon-bedrock-trace.**       opaque -- repeats what a guardrail took out; taken out when the answer changes
        message                       text assistant
        {ErrorTable.Lines}
        {Blocks}
        {Shown}
        """);
}
