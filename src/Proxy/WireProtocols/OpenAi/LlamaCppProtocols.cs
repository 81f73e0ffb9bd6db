using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.OpenAi;

/// <summary>
/// What servers that speak OpenAI's protocols on one's own machines (llama.cpp, vLLM) answer beside them. Paths that show or change
/// what other users do (slots, adapters, settings) are not among these.
/// </summary>
internal static class LlamaCppProtocols
{
    private static readonly string[] Speakers = ["openai"];
    private static readonly OpenAiAnswers Answers = new();

    /// <summary>Texts to tokens and back, templates applied, documents ranked.</summary>
    public static WireProtocol Texts { get; } = new(
        "POST /tokenize", "POST /detokenize", "POST /apply-template", "POST /rerank", "POST /reranking", "POST /v1/rerank", "POST /v1/reranking",
        "POST /score", "POST /v1/score")
    {
        Id = "openai.texts",
        Title = "llama.cpp and vLLM: tokens, templates and ranking",
        Families = Speakers,
        Request = FieldMap.Parse($"""
            {OpenAiChatTables.RequestLines}
            content                       text user
            prompt                        text user
            tokens                        tokens
            tokens[]                      tokens
            add_special                   number
            parse_special                 number
            with_pieces                   number
            add_generation_prompt         number
            query                         text user
            top_n                         number
            text_1                        text user
            text_1[]                      text user
            text_2                        text retrieved
            text_2[]                      text retrieved
            """),
        Response = FieldMap.Parse($"""
            .                             below assistant
            id                            opaque -- the provider's name for the answer
            object                        word
            model                         opaque -- the provider's name for the model
            content                       text user
            prompt                        text user
            tokens[]                      tokens
            tokens[].id                   number
            tokens[].piece                text user
            token_strs[]                  text user
            count                         number
            max_model_len                 number
            results[].index               number
            results[].relevance_score     number
            results[].document            text retrieved
            results[].document.text       text retrieved
            data[].**                     number
            usage.**                      number
            {ErrorTable.Lines}
            """),
        Answers = Answers,
    };

    /// <summary>Whether the server is well, and what it serves.</summary>
    public static WireProtocol State { get; } = new("GET /health", "GET /v1/health", "GET /props", "GET /version", "GET /ping")
    {
        Id = "openai.state",
        Title = "llama.cpp and vLLM: health and properties",
        Families = Speakers,
        Request = FieldMap.Empty,
        Response = FieldMap.Parse($"""
            status                        word
            version                       opaque -- of the server's software
            model_alias                   opaque -- names a model
            model_path                    opaque -- names a model
            build_info                    opaque -- of the server's software
            chat_template                 text metadata
            default_generation_settings.** text metadata
            total_slots                   number
            modalities.**                 number
            bos_token                     text metadata
            eos_token                     text metadata
            chat_template_caps.**         number
            endpoint_slots                number
            endpoint_props                number
            endpoint_metrics              number
            webui                         number
            is_sleeping                   number
            {ErrorTable.Lines}
            """),
        Answers = Answers,
        HasNoRequestBody = true,
    };

    public static IReadOnlyList<WireProtocol> All { get; } = [Texts, State];
}
