using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols.OpenAi;

namespace EdgeFilter.Proxy.WireProtocols.Bedrock;

/// <summary>
/// Where text lives in the bodies of InvokeModel that are neither Anthropic's nor Nova's: Meta Llama, Mistral, Amazon Titan, Cohere,
/// AI21, DeepSeek, OpenAI and others. Their members don't contradict each other, so one table knows them all, and a model of one's
/// own, whose vendor no id names, is read by it too.
/// </summary>
internal static class BedrockInvokeTables
{
    public static FieldMap Request { get; } = FieldMap.Parse($"""
        {OpenAiChatTables.RequestLines}
        prompt                        text user
        prefix                        text user
        suffix                        text user
        images[]                      media image
        image                         media image
        max_gen_len                   number
        maxTokens                     number
        max_tokens_to_sample          number
        topP                          number
        topK                          number
        k                             number
        p                             number
        num_generations               number
        numResults                    number
        stopSequences[]               opaque -- is compared with the output, letter by letter
        stop_sequences[]              opaque -- is compared with the output, letter by letter
        inputText                     text user
        inputImage                    media image
        textGenerationConfig.stopSequences[] opaque -- is compared with the output, letter by letter
        textGenerationConfig.**       number
        dimensions                    number
        normalize                     number
        embeddingTypes[]              word
        embeddingConfig.**            number
        message                       text user
        preamble                      text system
        chat_history[]                message
        chat_history[].role           word role of USER CHATBOT SYSTEM TOOL
        chat_history[].message        text
        chat_history[].tool_calls.**  text tool-arguments
        chat_history[].tool_results.** text tool-result
        tool_results                  record below tool-result
        tool_results.**               text tool-result
        search_queries_only           number
        force_single_step             number
        raw_prompting                 number
        return_prompt                 number
        return_likelihoods            word
        prompt_truncation             word
        api_version                   number
        texts[]                       text user
        input_type                    word
        truncate                      word
        embedding_types[]             word
        query                         text user
        taskType                      word
        textToImageParams             message
        textToImageParams.text        text user
        textToImageParams.negativeText text user
        imageVariationParams.text     text user
        imageVariationParams.images[] media image
        inPaintingParams.text         text user
        inPaintingParams.image        media image
        outPaintingParams.text        text user
        outPaintingParams.image       media image
        imageGenerationConfig.**      word
        text_prompts[]                message
        text_prompts[].text           text user
        text_prompts[].weight         number
        negative_prompt               text user
        output_format                 word
        aspect_ratio                  word
        mode                          word
        countPenalty.**               number
        frequencyPenalty.**           number
        presencePenalty.**            number
        amazon-bedrock-guardrailConfig.** opaque -- settings of a guardrail
        """);

    public static FieldMap Response { get; } = FieldMap.Parse($"""
        {OpenAiChatTables.ResponseLines}
        generation                    text assistant
        prompt_token_count            number
        generation_token_count        number
        stop_reason                   word
        outputs[]                     choice message
        outputs[].text                text assistant
        outputs[].stop_reason         word
        inputTextTokenCount           number
        results[]                     choice message
        results[].outputText          text assistant
        results[].tokenCount          number
        results[].completionReason    word
        results[].index               number
        results[].relevance_score     number
        text                          text assistant
        response_id                   opaque -- the provider's name for the answer
        generation_id                 opaque -- the provider's name for the answer
        finish_reason                 word
        prompt                        text user
        generations[]                 choice message
        generations[].id              opaque -- the provider's name for the answer
        generations[].text            text assistant
        generations[].finish_reason   word
        generations[].likelihood      number
        generations[].token_likelihoods echo record
        generations[].token_likelihoods[].** opaque -- spells the answer token by token; taken out when the answer changes
        chat_history[]                message
        chat_history[].role           word role of USER CHATBOT SYSTEM TOOL
        chat_history[].message        text
        citations                     echo record
        citations[].**                text retrieved
        documents[].**                text retrieved
        search_queries[].**           text tool-arguments
        tool_calls[]                  message below tool-arguments
        tool_calls[].name             opaque tool tool-arguments -- the client's code knows the tool by it
        tool_calls[].parameters       record
        tool_calls[].parameters.**    text tool-arguments
        choices[].text                text assistant
        completions[]                 choice message
        completions[].data.text       text assistant
        completions[].data.tokens     echo record
        completions[].data.tokens[].** opaque -- spells the answer token by token; taken out when the answer changes
        completions[].finishReason.reason word
        embedding[]                   number
        embeddingsByType.**           number
        embeddings.**                 number
        response_type                 word
        images[]                      media image
        artifacts[].base64            media image
        artifacts[].**                word
        seeds[]                       number
        finish_reasons[]              word
        meta.**                       opaque -- names the API's version
        amazon-bedrock-guardrailAction word
        amazon-bedrock-trace          echo record
        amazon-bedrock-trace.**       opaque -- repeats what a guardrail took out; taken out when the answer changes
        message                       text assistant
        __type                        opaque -- an error code
        """);
}
