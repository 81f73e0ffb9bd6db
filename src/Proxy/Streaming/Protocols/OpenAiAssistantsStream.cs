using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// The events of an Assistants run. A frame's name says what its payload is: a run, a step, a message, or a piece of one. An answer
/// appears in pieces and again whole, when its message is complete; a call appears in pieces of its step, and again whole where the
/// run asks for its result.
/// </summary>
internal static class OpenAiAssistantsStream
{
    private const string Calls = "delta.step_details.tool_calls[]";

    private static readonly string[] MessageEnds = ["thread.message.completed", "thread.message.incomplete"];

    private static readonly string[] StepEnds =
        ["thread.run.step.completed", "thread.run.step.failed", "thread.run.step.cancelled", "thread.run.step.expired"];

    private static readonly string[] RunEnds =
        ["thread.run.requires_action", "thread.run.completed", "thread.run.incomplete", "thread.run.failed", "thread.run.cancelled", "thread.run.expired"];

    public static StreamDescription Description { get; } = new()
    {
        Id = "openai.assistants",
        Framing = StreamFraming.Sse,
        Fields = FieldMap.Parse($"""
            id                                                opaque
            object                                            word
            assistant_id                                      opaque
            thread_id                                         opaque
            run_id                                            opaque
            status                                            word
            type                                              word
            created_at                                        number
            role                                              word
            model                                             opaque
            name                                              text metadata
            description                                       text metadata
            instructions                                      text system
            delta.role                                        word
            delta.content[].index                             number
            delta.content[].type                              word
            delta.content[].text.value                        text assistant
            delta.content[].text.annotations[].index          number
            delta.content[].text.annotations[].type           word
            delta.content[].text.annotations[].**             text retrieved
            delta.content[].refusal                           text assistant
            delta.content[].image_file.file_id                opaque
            delta.content[].image_file.detail                 word
            delta.content[].image_url.url                     media
            delta.content[].image_url.detail                  word
            delta.step_details.type                           word
            delta.step_details.message_creation.message_id    opaque
            {Calls}.index                                     number
            {Calls}.id                                        opaque
            {Calls}.type                                      word
            {Calls}.function.name                             opaque -- the client's code knows the tool by it
            {Calls}.function.arguments                        json tool-arguments
            {Calls}.function.output                           text tool-result
            {Calls}.code_interpreter.input                    text tool-arguments
            {Calls}.code_interpreter.outputs[].index          number
            {Calls}.code_interpreter.outputs[].type           word
            {Calls}.code_interpreter.outputs[].image.file_id  opaque
            {Calls}.code_interpreter.outputs[].logs           text tool-result
            {Calls}.file_search.**                            text tool-result
            content[].type                                    word
            content[].text.value                              text assistant
            content[].text.annotations[].type                 word
            content[].text.annotations[].**                   text retrieved
            content[].refusal                                 text assistant
            content[].image_file.file_id                      opaque
            content[].image_file.detail                       word
            content[].image_url.url                           media
            content[].image_url.detail                        word
            attachments[].**                                  word
            step_details.type                                 word
            step_details.message_creation.message_id          opaque
            step_details.tool_calls[].id                      opaque
            step_details.tool_calls[].type                    word
            step_details.tool_calls[].function.name           opaque -- the client's code knows the tool by it
            step_details.tool_calls[].function.arguments      json tool-arguments
            step_details.tool_calls[].function.output         text tool-result
            step_details.tool_calls[].code_interpreter.input  text tool-arguments
            step_details.tool_calls[].code_interpreter.outputs[].type word
            step_details.tool_calls[].code_interpreter.outputs[].** text tool-result
            step_details.tool_calls[].file_search.**          text tool-result
            required_action.type                              word
            required_action.submit_tool_outputs.tool_calls[].id   opaque
            required_action.submit_tool_outputs.tool_calls[].type word
            required_action.submit_tool_outputs.tool_calls[].function.name      opaque -- the client's code knows the tool by it
            required_action.submit_tool_outputs.tool_calls[].function.arguments json tool-arguments
            last_error.code                                   word
            last_error.message                                text metadata
            incomplete_details.reason                         word
            tools[].type                                      word
            tools[].function.**                               text tool-definition
            tools[].function.name                             opaque -- the client's code knows the tool by it
            tools[].**                                        text tool-definition
            tool_resources.**                                 text metadata
            tool_choice                                       word
            tool_choice.**                                    opaque
            response_format                                   word
            response_format.type                              word
            response_format.**                                text tool-definition
            truncation_strategy.**                            word
            metadata.*                                        text metadata
            usage.**                                          number
            error.type                                        word
            error.code                                        word
            error.param                                       opaque
            error.message                                     text metadata
            message                                           text metadata
            code                                              word
            param                                             opaque
            """),
        TypeIsName = true,
        Lane = "id",
        Channels =
        [
            new("delta.content[].text.value", "text", SegmentRole.Assistant) { Part = "delta.content[]" },
            new("delta.content[].refusal", "refusal", SegmentRole.Assistant) { Part = "delta.content[]" },
            new($"{Calls}.function.arguments", "arguments", SegmentRole.ToolArguments) { Use = ChannelUse.JsonArguments, Part = Calls },
            new($"{Calls}.code_interpreter.input", "code", SegmentRole.ToolArguments) { Use = ChannelUse.TextArguments, Part = Calls },
            new($"{Calls}.function.output", "output", SegmentRole.ToolResult) { Part = Calls },
            new($"{Calls}.code_interpreter.outputs[].logs", "logs", SegmentRole.ToolResult) { Part = Calls },
        ],
        Calls =
        [
            new(Calls) { Name = $"{Calls}.function.name" },
            new("required_action.submit_tool_outputs.tool_calls[]")
            {
                ArrivesWhole = true,
                Name = "required_action.submit_tool_outputs.tool_calls[].function.name",
            },
        ],
        Closes =
        [
            new() { EventTypes = [.. MessageEnds, .. StepEnds], Lane = "id" },
            new() { EventTypes = RunEnds },
        ],
        RequiredEvents = RunEnds,
        DoneMarker = "[DONE]",
        ErrorTypes = ["error"],
        OtherTypes =
        [
            "done", "thread.created", "thread.run.created", "thread.run.queued", "thread.run.in_progress", "thread.run.cancelling",
            "thread.run.step.created", "thread.run.step.in_progress", "thread.run.step.delta", "thread.message.created", "thread.message.in_progress",
            "thread.message.delta",
        ],
        IsOrdered = true,
        Witness = new OpenAiAssistantsWitness(),
        Ending = new OpenAiAssistantsEnding(),
    };
}
