using System.Collections.Concurrent;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols.Anthropic;
using EdgeFilter.Proxy.WireProtocols.OpenAi;

namespace EdgeFilter.Proxy.WireProtocols.Lines;

/// <summary>
/// Says what the lines of JSON Lines files hold: requests of a batch, their answers, examples to train with. A line is told by its
/// own members, since a file's name and purpose are only what its sender says.
/// </summary>
internal static class LineBodies
{
    private static readonly ConcurrentDictionary<(string Protocol, bool IsAnswer), FieldMap> Maps = new();

    // What tells lines apart, and nothing else.
    private static readonly FieldMap Probe = FieldMap.Parse("""
        custom_id             word
        url                   word
        method                word
        body                  word
        body.model            word
        result.type           word
        response.body.object  word
        """);

    private static readonly short Url = Probe.FieldOf("url");
    private static readonly short Model = Probe.FieldOf("body.model");
    private static readonly short Result = Probe.FieldOf("result.type");
    private static readonly short Answered = Probe.FieldOf("response.body.object");

    private static readonly FieldMap AnthropicResult = FieldMap.Parse("""
        custom_id        opaque -- ties the line to its request
        result.type      word
        result.message   -> @
        result.error.**  text assistant
        """, mounted: AnthropicMessagesTables.Response);

    /// <summary>Examples for training: conversations, with the better and the worse answer where there are two.</summary>
    private static readonly FieldMap Example = FieldMap.Parse("""
        .                       -> @
        input                   -> @
        preferred_output[]      message
        preferred_output[].role word role of system developer user assistant tool function
        preferred_output[].content text
        non_preferred_output[]  message
        non_preferred_output[].role word role of system developer user assistant tool function
        non_preferred_output[].content text
        prompt                  text user
        completion              text assistant
        """, mounted: OpenAiChatTables.Request);

    /// <summary>Tells what a line is.</summary>
    /// <param name="line">One line, without its end.</param>
    /// <param name="scratch">Read into; what it held before is gone.</param>
    /// <returns>The line's description; or why it can't be read.</returns>
    public static (LineBody Body, BodyProblem? Problem) Of(ReadOnlyMemory<byte> line, JsonBody scratch)
    {
        if (scratch.Read(line, Probe) is { } problem)
        {
            return (LineBody.None, problem);
        }

        if (scratch.TextAt(Url) is { } url)
        {
            return WireProtocolCatalog.Find("openai", "POST", url, out _) is { Form: null } protocol
                ? (new LineBody(LineKind.Request, protocol, MapOf(protocol, isAnswer: false), scratch.TextAt(Model) ?? ""), null)
                : (LineBody.None, new BodyProblem("lines.unknown-url", "The line asks an API that the proxy does not know."));
        }

        if (scratch.Find(Result) >= 0)
        {
            return (new LineBody(LineKind.AnthropicResult, AnthropicProtocols.Messages, AnthropicResult, ""), null);
        }

        if (scratch.TextAt(Answered) is { } answered)
        {
            var protocol = ProtocolOf(answered);
            return (new LineBody(LineKind.Answer, protocol, MapOf(protocol, isAnswer: true), ""), null);
        }

        return (new LineBody(LineKind.Example, OpenAiProtocols.Chat, Example, ""), null);
    }

    private static WireProtocol ProtocolOf(string answered) => answered switch
    {
        "chat.completion" => OpenAiProtocols.Chat,
        "text_completion" => OpenAiProtocols.Completions,
        "list" => OpenAiProtocols.Embeddings,
        _ => OpenAiProtocols.Responses,
    };

    private static FieldMap MapOf(WireProtocol protocol, bool isAnswer) => Maps.GetOrAdd((protocol.Id, isAnswer), _ => isAnswer
        ? FieldMap.Parse("""
            id                   opaque -- the provider's name for the line
            custom_id            opaque -- ties the line to its request
            response.status_code number
            response.request_id  opaque -- the provider's name for the request
            response.body        -> @
            error                text assistant
            error.code           opaque -- an error code
            error.message        text assistant
            """, mounted: protocol.Response)
        : FieldMap.Parse("""
            custom_id            opaque -- ties the line to its answer
            method               word of POST
            url                  opaque -- names the API that the line asks
            body                 -> @
            """, mounted: protocol.Request));
}
