namespace EdgeFilter.Proxy.Streaming;

/// <summary>Where text lives in a Responses object and its output items, as lines of a table below any path.</summary>
internal static class OpenAiResponseObject
{
    /// <summary>The lines for a whole response.</summary>
    public static string Table(string at) => $"""
        {at}.id                              opaque
        {at}.object                          word
        {at}.created_at                      number
        {at}.completed_at                    number
        {at}.status                          word
        {at}.model                           opaque
        {at}.error.code                      word
        {at}.error.message                   text metadata
        {at}.error.**                        text metadata
        {at}.incomplete_details.reason       word
        {at}.instructions                    text system
        {at}.instructions[].**               text system
        {at}.metadata.*                      text metadata
        {at}.prompt.**                       text metadata
        {at}.tools[].type                    word
        {at}.tools[].name                    opaque
        {at}.tools[].**                      text tool-definition
        {at}.text.format.type                word
        {at}.text.format.name                opaque
        {at}.text.**                         text tool-definition
        {at}.tool_choice                     word
        {at}.tool_choice.**                  opaque
        {at}.reasoning.**                    word
        {at}.usage.**                        number
        {at}.user                            opaque
        {at}.safety_identifier               opaque
        {at}.prompt_cache_key                opaque
        {at}.prompt_cache_retention          word
        {at}.previous_response_id            opaque
        {at}.conversation.id                 opaque
        {at}.service_tier                    word
        {at}.truncation                      word
        {at}.temperature                     number
        {at}.top_p                           number
        {at}.top_logprobs                    number
        {at}.max_output_tokens               number
        {at}.max_tool_calls                  number
        {at}.parallel_tool_calls             number
        {at}.background                      number
        {at}.store                           number
        {at}.frequency_penalty               number
        {at}.presence_penalty                number
        {at}.billing.**                      word
        {at}.moderation.**                   word
        {at}.content_filters[].**            word
        {Items(at + ".output[]")}
        """;

    /// <summary>The lines for one output item.</summary>
    public static string Items(string at) => $"""
        {at}.id                              opaque
        {at}.type                            word type
        {at}.role                            word
        {at}.status                          word
        {at}.phase                           word
        {at}.call_id                         opaque
        {at}.name                            opaque -- the client's code knows the tool by it
        {at}.namespace                       opaque
        {at}.server_label                    opaque
        {at}.approval_request_id             opaque
        {at}.container_id                    opaque
        {at}.encrypted_content               sealed
        {at}.fingerprint                     sealed
        {at}.content[].type                  word type
        {at}.content[].text                  text assistant
        {at}.content[].refusal               text assistant
        {at}.content[].logprobs              echo
        {at}.content[].logprobs[].token      opaque
        {at}.content[].logprobs[].top_logprobs[].token opaque
        {at}.content[].logprobs[].**         number
        {at}.content[].annotations[].type    word
        {at}.content[].annotations[].file_id opaque
        {at}.content[].annotations[].**      text retrieved
        {at}.summary[].type                  word type
        {at}.summary[].text                  text reasoning
        {at}.arguments                       json tool-arguments
        {at}.arguments.**                    text tool-arguments
        {at}.input                           text tool-arguments
        {at}.code                            text tool-arguments
        {at}.action.type                     word
        {at}.action.**                       text tool-arguments
        {at}.actions[].type                  word
        {at}.actions[].**                    text tool-arguments
        {at}.operation.type                  word
        {at}.operation.**                    text tool-arguments
        {at}.queries[]                       text tool-arguments
        {at}.pending_safety_checks[].**      text metadata
        {at}.results[].**                    text tool-result
        {at}.output                          text tool-result
        {at}.output[].type                   word
        {at}.output[].**                     text tool-result
        {at}.outputs[].type                  word
        {at}.outputs[].**                    text tool-result
        {at}.result                          media
        {at}.revised_prompt                  text assistant
        {at}.tools[].name                    opaque
        {at}.tools[].**                      text tool-definition
        {at}.error                           text metadata
        {at}.error.**                        text metadata
        """;
}
