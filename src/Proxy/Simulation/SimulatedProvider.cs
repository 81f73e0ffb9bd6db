using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EdgeFilter.Proxy.Simulation;

/// <summary>
/// A model provider without a model: an HTTP server in this process that speaks OpenAI Chat Completions, Anthropic Messages, Gemini,
/// Ollama, Cohere and AWS Bedrock, whole and streamed, and answers what the last user message scripts (<see cref="PromptScript"/>). The demo and the tests
/// need no key and no internet with it. It remembers what it received, for tests to compare.
/// </summary>
internal sealed class SimulatedProvider : IAsyncDisposable
{
    private const long MaxBodyLength = 64 << 20;
    private const int RememberedRequests = 64;
    private const long RememberedBytes = 128 << 20;

    private readonly WebApplication host;
    private readonly Queue<ReceivedRequest> received = new();
    private long receivedBytes;
    private long requestCount;
    private long abortedCount;
    private int activeCount;

    private SimulatedProvider(WebApplication host) => this.host = host;

    /// <summary>Where it listens, without a path: <c>http://127.0.0.1:5021</c>.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Requests for a completion or message so far, retries included.</summary>
    public long RequestCount => Interlocked.Read(ref requestCount);

    /// <summary>Requests whose client left before the answer was complete.</summary>
    public long AbortedCount => Interlocked.Read(ref abortedCount);

    /// <summary>Requests being answered now.</summary>
    public int ActiveCount => Volatile.Read(ref activeCount);

    /// <summary>The latest requests, oldest first: at most 64, and at most 128 MiB of bodies.</summary>
    public IReadOnlyList<ReceivedRequest> Received
    {
        get
        {
            lock (received)
            {
                return [.. received];
            }
        }
    }

    /// <summary>Starts listening.</summary>
    /// <param name="url">Address and port; port 0 takes a free one.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SimulatedProvider> StartAsync(string url = "http://127.0.0.1:0", CancellationToken cancellation = default)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = MaxBodyLength;
            options.Limits.MinRequestBodyDataRate = null;
            options.Limits.MinResponseDataRate = null;
            options.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
        });
        var host = builder.Build();
        host.Urls.Add(url);
        var provider = new SimulatedProvider(host);
        host.UseWebSockets();
        host.Run(provider.HandleAsync);
        await host.StartAsync(cancellation);
        provider.Url = host.Urls.First();
        return provider;
    }

    /// <summary>Forgets the requests received; the counters go on.</summary>
    public void Forget()
    {
        lock (received)
        {
            received.Clear();
            receivedBytes = 0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Streams that a test left open would otherwise hold the stop for its whole grace period.
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await host.StopAsync(now.Token);
        await host.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var number = Interlocked.Increment(ref requestCount);
        Interlocked.Increment(ref activeCount);
        try
        {
            if (RealtimeSimulation.Answers(context))
            {
                using var socket = await context.WebSockets.AcceptWebSocketAsync(context.WebSockets.WebSocketRequestedProtocols.Contains("realtime") ? "realtime" : null);
                await new RealtimeSimulation(socket, message => Remember(context, message)).RunAsync(context.RequestAborted);
                return;
            }

            var body = await ReadAsync(context);
            Remember(context, body);
            context.Response.Headers["x-request-id"] = SimulatedBody.RequestId(number);
            context.Response.Headers["request-id"] = SimulatedBody.RequestId(number);
            await AnswerAsync(context, body, number);
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException or WebSocketException && context.RequestAborted.IsCancellationRequested)
        {
            Interlocked.Increment(ref abortedCount);
        }
        finally
        {
            Interlocked.Decrement(ref activeCount);
        }
    }

    private static Task AnswerAsync(HttpContext context, byte[] body, long number)
    {
        var path = context.Request.Path.Value ?? "";
        var isMessages = path.EndsWith("/v1/messages", StringComparison.Ordinal);
        if (HttpMethods.IsGet(context.Request.Method) && path.EndsWith("/models", StringComparison.Ordinal))
        {
            return SimulatedBody.SendAsync(context, StatusCodes.Status200OK, new ScriptedAnswer(), OpenAiSimulation.WriteModels);
        }

        if (!HttpMethods.IsPost(context.Request.Method) || Speaker(path) is not { } speak)
        {
            return Refuse(context, isMessages, StatusCodes.Status404NotFound, "The simulated provider has no such endpoint.", number);
        }

        PromptReader prompt;
        try
        {
            prompt = PromptReader.Read(body);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return Refuse(context, isMessages, StatusCodes.Status400BadRequest, "The body is not a JSON request.", number);
        }

        var answer = prompt.EndsWithToolResult
            ? new ScriptedAnswer { Text = "Thank you, that is what I needed from the tool." }
            : PromptScript.Read(prompt.LastUserText);
        return speak(context, prompt, answer, number);
    }

    private static Func<HttpContext, PromptReader, ScriptedAnswer, long, Task>? Speaker(string path) => path switch
    {
        _ when path.EndsWith("/v1/messages", StringComparison.Ordinal) => AnthropicSimulation.AnswerAsync,
        _ when path.EndsWith("/chat/completions", StringComparison.Ordinal) => OpenAiSimulation.AnswerAsync,
        _ when GeminiSimulation.Answers(path) => GeminiSimulation.AnswerAsync,
        _ when OllamaSimulation.Answers(path) => (context, prompt, answer, _) => OllamaSimulation.AnswerAsync(context, prompt, answer),
        _ when CohereSimulation.Answers(path) => CohereSimulation.AnswerAsync,
        _ when BedrockSimulation.Answers(path) => BedrockSimulation.AnswerAsync,
        _ => null,
    };

    private static Task Refuse(HttpContext context, bool isMessages, int status, string text, long number) =>
        SimulatedBody.SendAsync(context, status, new ScriptedAnswer(), json =>
        {
            if (isMessages)
            {
                AnthropicSimulation.WriteError(json, status, text, number);
            }
            else
            {
                OpenAiSimulation.WriteError(json, status, text);
            }
        });

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var copy = new MemoryStream();
        await context.Request.Body.CopyToAsync(copy, context.RequestAborted);
        return copy.ToArray();
    }

    private void Remember(HttpContext context, byte[] body)
    {
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var request = new ReceivedRequest(context.Request.Method, target, headers, body);
        lock (received)
        {
            received.Enqueue(request);
            receivedBytes += body.Length;
            while (received.Count > RememberedRequests || receivedBytes > RememberedBytes)
            {
                receivedBytes -= received.Dequeue().Body.Length;
            }
        }
    }
}
