using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>Sends exact bytes, and reads what comes back without interpreting it.</summary>
internal sealed class WireClient(Uri proxy) : IDisposable
{
    private readonly HttpClient client = new() { Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>The two endpoints that every refusal is tried on.</summary>
    public const string Chat = "/openai/v1/chat/completions";

    public const string Messages = "/anthropic/v1/messages";

    public Task<WireAnswer> PostAsync(string path, string body, string contentType = "application/json", Action<HttpContentHeaders>? headers = null) =>
        PostAsync(path, Encoding.UTF8.GetBytes(body), contentType, headers);

    /// <summary>Posts the bytes and reads the whole answer. An answer that breaks off is returned as far as it came, with status 0.</summary>
    public async Task<WireAnswer> PostAsync(string path, byte[] body, string contentType = "application/json", Action<HttpContentHeaders>? headers = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(proxy, path)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        headers?.Invoke(request.Content.Headers);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer sk-client");
        request.Headers.TryAddWithoutValidation("anthropic-version", "2023-06-01");
        return await SendAsync(request);
    }

    public async Task<WireAnswer> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(proxy, path));
        return await SendAsync(request);
    }

    public async Task<WireAnswer> SendAsync(HttpRequestMessage request)
    {
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var body = new MemoryStream();
        var status = (int)answer.StatusCode;
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync();
            await stream.CopyToAsync(body);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            status = 0;
        }

        return new WireAnswer(status, answer.Headers, answer.Content.Headers.ContentType?.MediaType, body.ToArray());
    }

    /// <summary>A request body with one user message, for either protocol.</summary>
    public static string Prompt(string text, bool stream = false) =>
        JsonSerializer.Serialize(new { model = "m", max_tokens = 100, stream, messages = new[] { new { role = "user", content = text } } });

    public void Dispose() => client.Dispose();
}
