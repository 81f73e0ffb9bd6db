using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.OpenAi;

/// <summary>Where text lives in legacy Completions, with the additions of vLLM and llama.cpp, and in Mistral's fill-in-the-middle.</summary>
internal static class OpenAiCompletionTables
{
    public static FieldMap Request { get; } = FieldMap.Parse($"""
        model                         opaque -- chooses the model
        prompt                        tokens user
        prompt                        message
        prompt[]                      tokens user
        prompt[][]                    number
        prompt.prompt_string          text user
        prompt.multimodal_data[]      media image
        prompt[].prompt_string        text user
        prompt[].multimodal_data[]    media image
        input_prefix                  text user
        input_suffix                  text user
        input_extra[]                 record
        input_extra[].filename        text retrieved
        input_extra[].text            text retrieved
        n_predict                     number
        n_keep                        number
        n_probs                       number
        n_indent                      number
        id_slot                       number
        cache_prompt                  number
        return_tokens                 number
        timings_per_token             number
        post_sampling_probs           number
        return_progress               number
        t_max_predict_ms              number
        min_p                         number
        typical_p                     number
        repeat_penalty                number
        repeat_last_n                 number
        ignore_eos                    number
        samplers[]                    word
        response_fields[]             opaque -- names members of the answer
        dry_sequence_breakers[]       opaque -- is compared with the output, letter by letter
        json_schema                   -> schema
        lora[].**                     number
        suffix                        text user
        stop                          opaque -- is compared with the output, letter by letter
        stop[]                        opaque -- is compared with the output, letter by letter
        user                          opaque -- identifies the end user to the provider
        metadata                      record
        metadata.*                    text metadata
        logit_bias                    record
        logit_bias.*                  number
        prompt_embeds                 tokens user
        grammar                       opaque tool-definition -- a grammar is a contract between machines
        stream                        number
        stream_options.*              number
        echo                          number
        best_of                       number
        n                             number
        seed                          number
        random_seed                   number
        logprobs                      number
        temperature                   number
        top_p                         number
        top_k                         number
        max_tokens                    number
        min_tokens                    number
        presence_penalty              number
        frequency_penalty             number
        {SchemaTable.Lines}
        """);

    public static FieldMap Response { get; } = FieldMap.Parse($"""
        .                             below assistant
        id                            opaque -- the provider's name for the answer
        object                        word
        created                       number
        model                         opaque -- the provider's name for the model
        system_fingerprint            opaque -- names the provider's software
        choices[]                     choice message
        choices[].index               number
        choices[].text                text assistant
        choices[].message.role        word
        choices[].message.content     text assistant
        choices[].message.tool_calls  number
        choices[].finish_reason       word of stop length content_filter
        choices[].stop_reason         opaque -- repeats a stop sequence of the request
        choices[].logprobs            echo record
        choices[].logprobs.**         opaque -- spells the answer token by token; taken out when the answer changes
        choices[].content_filter_results.** opaque -- the provider's own verdicts
        prompt_filter_results.**      opaque -- the provider's own verdicts
        usage.**                      number
        timings.**                    number
        content                       text assistant
        tokens[]                      tokens
        stop                          number
        stop_type                     word
        stopping_word                 opaque -- repeats a stop sequence of the request
        prompt                        text user
        index                         number
        id_slot                       number
        truncated                     number
        has_new_line                  number
        tokens_predicted              number
        tokens_evaluated              number
        tokens_cached                 number
        generation_settings.grammar   opaque -- repeats the request
        generation_settings.**        opaque -- repeats the request
        completion_probabilities      echo record
        completion_probabilities[].** opaque -- spells the answer token by token; taken out when the answer changes
        {ErrorTable.Lines}
        """);
}
