using System.Text;
using System.Text.Json;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Simulation;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>
/// Text where nobody looks: what users of other gateways reported (rows E1 to E17 of that list), and the tricks of evasion by
/// protocol. An identity number in any of these places stops the request, natively, and the provider is not asked.
/// </summary>
[Collection(ScriptedCollection.Name)]
public sealed class HiddenTextTests(ScriptedFixture fixture) : IDisposable
{
    private const string Chat = "/openai/v1/chat/completions";
    private const string Responses = "/openai/v1/responses";
    private const string Messages = "/anthropic/v1/messages";
    private const string Gemini = "/gemini/v1beta/models/m:generateContent";
    private const string Bedrock = "/bedrock/model/m/converse";

    private readonly WireClient client = new(fixture.Proxy.Url);

    public static TheoryData<string, string, string> Places => new()
    {
        // E1: calls in the history, whichever protocol holds them.
        { "E1 chat arguments", Chat, """{"messages":[{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{\"a\":{\"b\":[\"PLACE\"]}}"}}]}]}""" },
        { "E1 chat custom input", Chat, """{"messages":[{"role":"assistant","tool_calls":[{"id":"c","type":"custom","custom":{"name":"f","input":"PLACE"}}]}]}""" },
        { "E1 chat legacy call", Chat, """{"messages":[{"role":"assistant","function_call":{"name":"f","arguments":"{\"a\":\"PLACE\"}"}}]}""" },
        { "E1 responses arguments", Responses, """{"input":[{"type":"function_call","call_id":"c","name":"f","arguments":"{\"a\":\"PLACE\"}"}]}""" },
        { "E1 anthropic input", Messages, """{"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{"a":[{"b":"PLACE"}]}}]}]}""" },
        { "E1 gemini args", Gemini, """{"contents":[{"role":"model","parts":[{"functionCall":{"name":"f","args":{"a":"PLACE"}}}]}]}""" },
        { "E1 bedrock input", Bedrock, """{"messages":[{"role":"assistant","content":[{"toolUse":{"toolUseId":"t","name":"f","input":{"a":"PLACE"}}}]}]}""" },

        // E3: results of tools.
        { "E3 chat", Chat, """{"messages":[{"role":"tool","tool_call_id":"c","content":"PLACE"}]}""" },
        { "E3 responses", Responses, """{"input":[{"type":"function_call_output","call_id":"c","output":"PLACE"}]}""" },
        { "E3 anthropic", Messages, """{"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"PLACE"}]}]}]}""" },
        { "E3 gemini", Gemini, """{"contents":[{"role":"user","parts":[{"functionResponse":{"name":"f","response":{"r":"PLACE"}}}]}]}""" },
        { "E3 bedrock", Bedrock, """{"messages":[{"role":"user","content":[{"toolResult":{"toolUseId":"t","content":[{"json":{"r":"PLACE"}}]}}]}]}""" },

        // E4 to E6, E13, E14: the endpoints beside chat.
        { "E5 ollama", "/ollama/api/chat", """{"messages":[{"role":"user","content":"PLACE"}]}""" },
        { "E5 cohere", "/cohere/v2/chat", """{"messages":[{"role":"user","content":"PLACE"}]}""" },
        { "E5 mistral", "/mistral/v1/chat/completions", """{"messages":[{"role":"user","content":"PLACE"}]}""" },
        { "E5 azure", "/azure/openai/deployments/d/chat/completions", """{"messages":[{"role":"user","content":"PLACE"}]}""" },
        { "E6 completions", "/openai/v1/completions", """{"prompt":["a","PLACE"]}""" },
        { "E6 images", "/openai/v1/images/generations", """{"prompt":"PLACE"}""" },
        { "E6 rerank query", "/cohere/v2/rerank", """{"query":"PLACE","documents":["a"]}""" },
        { "E6 rerank documents", "/cohere/v2/rerank", """{"query":"a","documents":["b","PLACE"]}""" },
        { "E13 responses", Responses, """{"input":"PLACE"}""" },
        { "E13 responses instructions", Responses, """{"input":"a","instructions":"PLACE"}""" },
        { "E14 embeddings", "/openai/v1/embeddings", """{"input":"PLACE"}""" },
        { "E14 embeddings in a list", "/openai/v1/embeddings", """{"input":["a","PLACE"]}""" },

        // E7, E11, E17: members that nobody asked about.
        { "E7 unknown carrier", Chat, """{"messages":[{"role":"user","content":"fine","content_blocks":[{"text":"PLACE"}]}]}""" },
        { "E11 thinking", Messages, """{"messages":[{"role":"assistant","content":[{"type":"thinking","thinking":"PLACE","signature":"s"}]}]}""" },
        { "E17 prediction", Chat, """{"messages":[],"prediction":{"type":"content","content":"PLACE"}}""" },
        { "E17 metadata", Chat, """{"messages":[],"metadata":{"note":"PLACE"}}""" },
        { "E17 metadata name", Chat, """{"messages":[],"metadata":{"PLACE":"x"}}""" },
        { "E17 user", Chat, """{"messages":[],"user":"PLACE"}""" },
        { "E17 parts joined", Chat, """{"messages":[{"role":"user","content":[{"type":"text","text":"nif 1234"},{"type":"text","text":"5678Z"}]}]}""" },

        // Names, ids and keys.
        { "name of a speaker", Chat, """{"messages":[{"role":"user","name":"PLACE","content":"x"}]}""" },
        { "id of a call", Chat, """{"messages":[{"role":"tool","tool_call_id":"PLACE","content":"x"}]}""" },
        { "key of an argument", Messages, """{"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{"PLACE":1}}]}]}""" },
        { "a role that is none", Chat, """{"messages":[{"role":"PLACE","content":"x"}]}""" },
        { "a type that is none", Chat, """{"messages":[{"role":"user","content":[{"type":"PLACE","text":"x"}]}]}""" },

        // Schemas and settings.
        { "schema description", Chat, """{"messages":[],"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{"a":{"type":"string","description":"PLACE"}}}}}]}""" },
        { "schema enum", Chat, """{"messages":[],"tools":[{"type":"function","function":{"name":"f","parameters":{"properties":{"a":{"enum":["PLACE"]}}}}}]}""" },
        { "schema property", Messages, """{"messages":[],"tools":[{"name":"f","input_schema":{"properties":{"PLACE":{}}}}]}""" },
        { "answer schema", Chat, """{"messages":[],"response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"title":"PLACE"}}}}""" },
        { "stop sequence", Chat, """{"messages":[],"stop":["PLACE"]}""" },
        { "stop sequence, anthropic", Messages, """{"messages":[],"stop_sequences":["PLACE"]}""" },
        { "biased tokens", Chat, """{"messages":[],"logit_bias":{"PLACE":1}}""" },
        { "two spellings of a name", Gemini, """{"contents":[],"system_instruction":{"parts":[{"text":"PLACE"}]}}""" },
        { "template of a model", "/ollama/api/generate", """{"prompt":"x","template":"PLACE"}""" },
        { "prompt variables", Responses, """{"input":"x","prompt":{"id":"p","variables":{"v":"PLACE"}}}""" },
        { "system message in the middle", Messages, """{"messages":[{"role":"user","content":"x"},{"role":"system","content":"PLACE"}]}""" },

        // Coats.
        { "escapes", Chat, """{"messages":[{"role":"user","content":"\u0031\u0032\u0033\u0034\u0035\u0036\u0037\u0038\u005a"}]}""" },
        { "JSON in JSON in JSON", Chat, JsonInJson(3) },
        { "text in a data URI", Chat, """{"messages":[{"role":"user","content":[{"type":"file","file":{"file_data":"data:text/plain;base64,BASE64"}}]}]}""" },
        { "text in a data URI without a type", Chat, """{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:;base64,BASE64"}}]}]}""" },
        { "text in a data URI called an image", Chat, """{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,BASE64"}}]}]}""" },
        { "text as inline data", Gemini, """{"contents":[{"parts":[{"inlineData":{"mimeType":"text/csv","data":"BASE64"}}]}]}""" },
        { "text as a document", Messages, """{"messages":[{"role":"user","content":[{"type":"document","source":{"type":"text","media_type":"text/plain","data":"PLACE"}}]}]}""" },
        { "address of an image", Chat, """{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.com/a?q=PLACE"}}]}]}""" },
        { "invisible characters", Chat, """{"messages":[{"role":"user","content":"1234\u200b5678Z"}]}""" },
        { "full-width digits", Chat, """{"messages":[{"role":"user","content":"nif １２３４５６７８Z"}]}""" },
        { "tag characters", Chat, "{\"messages\":[{\"role\":\"user\",\"content\":\"hi TAGS\"}]}" },

        // Splits.
        { "split over parts", Messages, """{"messages":[{"role":"user","content":[{"type":"text","text":"1234567"},{"type":"text","text":"8Z"}]}]}""" },
        { "split over messages", Chat, """{"messages":[{"role":"user","content":"1234567"},{"role":"user","content":"8Z"}]}""" },
        { "split over messages, gemini", Gemini, """{"contents":[{"role":"user","parts":[{"text":"12345678"}]},{"role":"user","parts":[{"text":"Z"}]}]}""" },
        { "split over messages, anthropic", Messages, """{"messages":[{"role":"user","content":"1234"},{"role":"user","content":[{"type":"text","text":"5678"}]},{"role":"user","content":"Z"}]}""" },
        { "split over prompts", "/openai/v1/completions", """{"prompt":["1234567","8Z"]}""" },
        { "split over items", Responses, """{"input":[{"role":"user","content":"1234567"},{"role":"user","content":[{"type":"input_text","text":"8Z"}]}]}""" },
    };

    public void Dispose() => client.Dispose();

    [Theory]
    [MemberData(nameof(Places))]
    public async Task IdentityNumber_AnywhereInARequest_StopsIt(string where, string path, string body)
    {
        Assert.NotEmpty(where);
        var sent = body
            .Replace("PLACE", SyntheticValues.SpanishNif, StringComparison.Ordinal)
            .Replace("BASE64", Convert.ToBase64String(Encoding.UTF8.GetBytes($"name;nif\nAna;{SyntheticValues.SpanishNif}\n")), StringComparison.Ordinal)
            .Replace("TAGS", string.Concat(SyntheticValues.SpanishNif.Select(c => char.ConvertFromUtf32(0xE0000 + c))), StringComparison.Ordinal);
        var before = fixture.Upstream.Count;

        var answer = await client.PostAsync(path, sent);

        Assert.Equal(before, fixture.Upstream.Count);
        Assert.True(answer.Status == (path == Gemini ? 200 : 400), answer.ToString());
        Assert.Contains("Identity numbers may not be sent.", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(SyntheticValues.SpanishNif, answer.Text, StringComparison.Ordinal);
    }

    private static string JsonInJson(int levels)
    {
        var text = "PLACE";
        for (var i = 0; i < levels; i++)
        {
            text = JsonSerializer.Serialize(new Dictionary<string, string> { ["a"] = text });
        }

        return JsonSerializer.Serialize(new { messages = new[] { new { role = "assistant", tool_calls = new[] { new { id = "c", type = "function", function = new { name = "f", arguments = text } } } } } });
    }
}
