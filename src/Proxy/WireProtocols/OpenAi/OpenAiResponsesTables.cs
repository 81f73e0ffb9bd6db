using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.OpenAi;

/// <summary>Where text lives in Responses. Requests and answers share items, parts and tools; answers repeat most of the request.</summary>
internal static class OpenAiResponsesTables
{
    /// <summary>Items of <c>input</c> and <c>output</c>, their parts, and tools.</summary>
    public const string Items = """
        item                          text
        item                          message
        item.type                     word type of message function_call function_call_output custom_tool_call custom_tool_call_output reasoning file_search_call web_search_call computer_call computer_call_output code_interpreter_call local_shell_call local_shell_call_output shell_call shell_call_output apply_patch_call apply_patch_call_output mcp_call mcp_list_tools mcp_approval_request mcp_approval_response image_generation_call tool_search_call tool_search_output additional_tools program program_output compaction compaction_trigger configuration_update item_reference
        item.role                     word role of user assistant system developer
        item.id                       history when item_reference -- the item is stored at the provider
        item.id                       opaque -- the provider's name for the item
        item.call_id                  opaque -- ties a call to its result
        item.status                   word
        item.phase                    word
        item.name                     opaque tool tool-arguments -- the client's code knows the tool by it
        item.namespace                opaque -- names a group of tools
        item.server_label             opaque -- names a tool server
        item.container_id             opaque -- names a container at the provider
        item.approval_request_id      opaque -- ties an approval to its request
        item.approve                  number
        item.content                  text
        item.content[]                -> part
        item.arguments                json tool-arguments
        item.arguments                record below tool-arguments
        item.arguments.**             text tool-arguments
        item.input                    text tool-arguments
        item.output                   text tool-result
        item.output                   message below tool-result
        item.output[]                 -> part
        item.output.type              word
        item.output.image_url         media image
        item.output.file_id           history -- the image was uploaded before
        item.output.**                text tool-result
        item.summary                  message below reasoning
        item.summary[]                -> part
        item.encrypted_content        sealed -- only the provider can read it
        item.queries                  record
        item.queries[]                text tool-arguments
        item.results                  record
        item.results[].file_id        opaque -- names a file at the provider
        item.results[].**             text tool-result
        item.action                   record
        item.action.type              word
        item.action.**                text tool-arguments
        item.actions                  record
        item.actions[].type           word
        item.actions[].**             text tool-arguments
        item.pending_safety_checks.** text tool-arguments
        item.acknowledged_safety_checks.** text tool-arguments
        item.code                     text tool-arguments
        item.outputs                  record
        item.outputs[].type           word
        item.outputs[].**             text tool-result
        item.operation                record
        item.operation.type           word
        item.operation.**             text tool-arguments
        item.tools[]                  -> tool
        item.error                    text tool-result
        item.error.**                 text tool-result
        item.reason                   text user
        item.result                   media image when image_generation_call
        item.result                   text tool-result
        item.revised_prompt           text assistant
        item.fingerprint              sealed -- only the provider can read it
        item.text.format.schema       -> schema
        part                          text
        part.type                     word type of input_text input_image input_file input_audio output_text refusal summary_text reasoning_text text computer_screenshot audio output_audio
        part.text                     text reasoning when reasoning_text summary_text
        part.text                     text
        part.refusal                  text assistant
        part.image_url                media image
        part.file_id                  history -- the file was uploaded before
        part.file_data                media file
        part.file_url                 media file
        part.filename                 text retrieved
        part.detail                   word
        part.input_audio.data         media audio
        part.input_audio.format       word
        part.data                     media audio
        part.audio                    media audio
        part.transcript               text
        part.stdout                   text tool-result
        part.stderr                   text tool-result
        part.outcome.**               word
        part.encrypted_content        sealed -- only the provider can read it
        part.prompt_cache_breakpoint.** opaque -- steers the provider's cache
        part.annotations              echo record
        part.annotations[].type       word
        part.annotations[].**         text retrieved
        part.logprobs                 echo record
        part.logprobs.**              opaque -- spells the answer token by token; taken out when the answer changes
        tool                          record
        tool.type                     word
        tool.name                     opaque tool-definition -- the client's code knows the tool by it
        tool.description              text tool-definition
        tool.parameters               -> schema
        tool.input_schema             -> schema
        tool.strict                   number
        tool.format.type              word
        tool.format.syntax            word
        tool.format.definition        opaque tool-definition -- a grammar is a contract between machines
        tool.tools[]                  -> tool
        tool.server_label             opaque -- names a tool server
        tool.server_url               opaque -- names a tool server
        tool.server_description       text tool-definition
        tool.headers.**               credential
        tool.authorization            credential
        tool.container.network_policy.domain_secrets[].value credential
        tool.container.network_policy.domain_secrets[].** opaque -- settings of a container
        tool.container.**             opaque -- settings of a container
        tool.environment.skills[].source.data media file
        tool.environment.skills[].**  text tool-definition
        tool.environment.**           opaque -- settings of a container
        tool.vector_store_ids[]       history -- the documents are stored at the provider
        tool.**                       opaque tool-definition -- settings of tools that the provider runs
        """;

    private const string Shared = """
        model                         opaque -- chooses the model
        instructions                  text system
        instructions                  below system
        instructions[]                -> item
        previous_response_id          history -- earlier turns are stored at the provider
        conversation                  history -- earlier turns are stored at the provider
        conversation.id               history -- earlier turns are stored at the provider
        prompt.id                     history -- the template is stored at the provider
        prompt.version                word
        prompt.variables              record
        prompt.variables.*            text user
        prompt.variables.*.type       word
        prompt.variables.*.text       text user
        prompt.variables.*.image_url  media image
        prompt.variables.*.file_data  media file
        prompt.variables.*.filename   text retrieved
        prompt.variables.*.file_id    history -- the file was uploaded before
        tools[]                       -> tool
        tool_choice                   word
        tool_choice.**                opaque -- names tools
        text                          record
        text.verbosity                word
        text.format.type              word
        text.format.name              opaque tool-definition -- names the schema
        text.format.description       text tool-definition
        text.format.schema            -> schema
        text.format.strict            number
        metadata                      record
        metadata.*                    text metadata
        user                          opaque -- identifies the end user to the provider
        safety_identifier             opaque -- identifies the end user to the provider
        prompt_cache_key              opaque -- steers the provider's cache
        prompt_cache_retention        word
        prompt_cache_options.**       opaque -- steers the provider's cache
        reasoning.**                  word
        context_management.**         opaque -- settings of the conversation's memory
        moderation.**                 opaque -- the provider's own verdicts
        truncation                    word
        service_tier                  word
        background                    number
        store                         number
        temperature                   number
        top_p                         number
        top_logprobs                  number
        presence_penalty              number
        frequency_penalty             number
        max_output_tokens             number
        max_tool_calls                number
        parallel_tool_calls           number
        """;

    /// <summary>The lines of requests, for those who add to them.</summary>
    public const string RequestLines = $"""
        input                         text user
        input[]                       -> item
        include[]                     word
        stream                        number
        stream_options.*              number
        {Shared}
        {Items}
        {SchemaTable.Lines}
        """;

    public static FieldMap Request { get; } = FieldMap.Parse(RequestLines);

    public static FieldMap Response { get; } = FieldMap.Parse($"""
        .                             below assistant
        id                            opaque -- the provider's name for the answer
        object                        word
        status                        word of completed failed in_progress cancelled queued incomplete
        created_at                    number
        completed_at                  number
        output[]                      -> item
        output_text                   text assistant
        incomplete_details            word
        incomplete_details.reason     word
        content_filters.**            opaque -- the provider's own verdicts
        input_tokens                  number
        usage.**                      number
        billing.**                    word
        {Shared}
        {ErrorTable.Lines}
        {Items}
        {SchemaTable.Lines}
        """);

    /// <summary>Lists of items: what was stored of a response or a conversation.</summary>
    public static FieldMap ItemList { get; } = FieldMap.Parse($"""
        .                             below assistant
        object                        word
        first_id                      opaque -- names an item
        last_id                       opaque -- names an item
        has_more                      number
        data[]                        -> item
        {ErrorTable.Lines}
        {Items}
        {SchemaTable.Lines}
        """);
}
