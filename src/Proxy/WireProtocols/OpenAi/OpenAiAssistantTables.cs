using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.OpenAi;

/// <summary>
/// Where text lives in OpenAI's Assistants: assistants, threads, messages, runs and their steps. What is stored is read again in
/// the same objects, so that one table serves all that is written, and one all that is read.
/// </summary>
internal static class OpenAiAssistantTables
{
    private const string Messages = """
        message                       message
        message.role                  word role of user assistant
        message.content               text
        message.content[]             -> part
        message.attachments[].file_id history -- the file was uploaded before
        message.attachments[].**      word
        message.metadata              record
        message.metadata.*            text metadata
        part.type                     word type of text image_file image_url refusal
        part.text                     text
        part.text.value               text
        part.text.annotations         echo record
        part.text.annotations[].type  word
        part.text.annotations[].**    text retrieved
        part.refusal                  text assistant
        part.image_url.url            media image
        part.image_url.detail         word
        part.image_file.file_id       history -- the image was uploaded before
        part.image_file.detail        word
        """;

    private const string Resources = """
        tool_resources.code_interpreter.file_ids[]       history -- the files were uploaded before
        tool_resources.file_search.vector_store_ids[]    history -- the documents are stored at the provider
        tool_resources.file_search.vector_stores[].file_ids[] history -- the files were uploaded before
        tool_resources.**             text metadata
        """;

    private const string Settings = """
        model                         opaque -- chooses the model
        name                          text metadata
        description                   text metadata
        instructions                  text system
        additional_instructions       text system
        tool_choice                   word
        tool_choice.**                opaque -- names tools
        response_format               word
        response_format.type          word
        response_format.json_schema.name        opaque tool-definition -- names the schema
        response_format.json_schema.description text tool-definition
        response_format.json_schema.schema      -> schema
        response_format.json_schema.strict      number
        reasoning_effort              word
        temperature                   number
        top_p                         number
        max_prompt_tokens             number
        max_completion_tokens         number
        truncation_strategy.**        word
        parallel_tool_calls           number
        metadata                      record
        metadata.*                    text metadata
        """;

    public static FieldMap Request { get; } = FieldMap.Parse($"""
        assistant_id                  history -- the assistant is stored at the provider
        stream                        number
        role                          word role of user assistant
        content                       text
        content[]                     -> part
        attachments[].file_id         history -- the file was uploaded before
        attachments[].**              word
        messages[]                    -> message
        additional_messages[]         -> message
        thread.messages[]             -> message
        thread.metadata               record
        thread.metadata.*             text metadata
        {TableLines.Under("thread", Resources)}
        tool_outputs[]                message below tool-result
        tool_outputs[].tool_call_id   opaque -- ties the result to its call
        tool_outputs[].output         text tool-result
        {Settings}
        {Resources}
        {OpenAiChatTables.Tools}
        {Messages}
        {SchemaTable.Lines}
        """);

    public static FieldMap Response { get; } = FieldMap.Parse($"""
        .                             below assistant
        .                             -> stored
        first_id                      opaque -- names an object
        last_id                       opaque -- names an object
        has_more                      number
        data[]                        -> stored
        {ErrorTable.Lines}
        {TableLines.Under("stored", Objects)}
        {Messages}
        {SchemaTable.Lines}
        """);

    /// <summary>What is stored, each by its members.</summary>
    private const string Objects = $"""
        id                            opaque -- the provider's name for the object
        object                        word
        deleted                       number
        status                        word
        assistant_id                  opaque -- names an assistant
        thread_id                     opaque -- names a thread
        run_id                        opaque -- names a run
        created_at                    number
        started_at                    number
        expires_at                    number
        expired_at                    number
        cancelled_at                  number
        failed_at                     number
        completed_at                  number
        incomplete_at                 number
        role                          word role of user assistant
        content                       text
        content[]                     -> part
        attachments[].file_id         opaque -- names a file
        attachments[].**              word
        incomplete_details            word
        incomplete_details.reason     word
        last_error.code               word
        last_error.message            text assistant
        required_action.type          word
        required_action.submit_tool_outputs.tool_calls[].id   opaque -- ties the call to its result
        required_action.submit_tool_outputs.tool_calls[].type word
        required_action.submit_tool_outputs.tool_calls[].function.name opaque tool tool-arguments -- the client's code knows the tool by it
        required_action.submit_tool_outputs.tool_calls[].function.arguments json tool-arguments
        required_action.submit_tool_outputs.tool_calls[].function.arguments.** text tool-arguments
        type                          word
        step_details.type             word
        step_details.message_creation.message_id opaque -- names a message
        step_details.tool_calls[].id   opaque -- ties the call to its result
        step_details.tool_calls[].type word
        step_details.tool_calls[].function.name opaque tool tool-arguments -- the client's code knows the tool by it
        step_details.tool_calls[].function.arguments json tool-arguments
        step_details.tool_calls[].function.arguments.** text tool-arguments
        step_details.tool_calls[].function.output text tool-result
        step_details.tool_calls[].code_interpreter.input text tool-arguments
        step_details.tool_calls[].code_interpreter.outputs[].type word
        step_details.tool_calls[].code_interpreter.outputs[].** text tool-result
        step_details.tool_calls[].file_search.** text tool-result
        usage.**                      number
        {Settings}
        {Resources}
        {OpenAiChatTables.Tools}
        """;
}
