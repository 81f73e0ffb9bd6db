using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.Simulation;
using EdgeFilter.Proxy.Streaming;
using EdgeFilter.Proxy.Tests.Streaming.Fakes;
using EdgeFilter.Proxy.Tests.WireProtocols;
using EdgeFilter.Proxy.WireProtocols;
using EdgeFilter.Testing;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>
/// Coverage through a running proxy: a canary in every place of every protocol, request, answer and event, is found, or its place
/// is declared as one that is never read, with the reason.
/// </summary>
public sealed class CoverageTests : IAsyncLifetime
{
    private const string Canary = SyntheticValues.SpanishNif;
    private const string AnswerHeader = "X-Answer";

    private readonly ConcurrentDictionary<string, (byte[] Body, string Type, int Status)> answers = new();
    private ScriptedUpstream upstream = null!;
    private ProxyProcess proxy = null!;
    private WireClient client = null!;

    public async Task InitializeAsync()
    {
        upstream = await ScriptedUpstream.StartAsync();
        upstream.Answer = async context =>
        {
            if (answers.TryRemove(context.Request.Headers[AnswerHeader].ToString(), out var answer))
            {
                context.Response.StatusCode = answer.Status;
                context.Response.ContentType = answer.Type;
                await context.Response.Body.WriteAsync(answer.Body);
            }
        };
        proxy = await ProxyProcess.StartAsync(new ProxySetup
        {
            ProviderUrl = upstream.Url,
            PolicyFiles = [Repository.PathOf("tests", "Acceptance", "policies", "canary.yaml")],
            Configure = configuration => configuration["Providers"] = new JsonObject(WireProtocolCatalog.All
                .SelectMany(p => p.Families).Distinct()
                .Select(family => KeyValuePair.Create<string, JsonNode?>(family, new JsonObject { ["Protocol"] = family, ["BaseAddress"] = upstream.Url }))),
        });
        client = new WireClient(proxy.Url);
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await proxy.DisposeAsync();
        await upstream.DisposeAsync();
    }

    [Fact]
    public async Task Request_CanaryAtAnyDeclaredPlace_IsStoppedOrDeclaredUnread()
    {
        var passed = new ConcurrentBag<string>();
        var tried = await EachPlaceAsync(WireProtocolCatalog.All.Where(p => !p.HasNoRequestBody && p.TakesJson && IsHttp(p)).DistinctBy(p => p.Request), p => p.Request, async (protocol, field, body) =>
        {
            var number = Expect("{}"u8.ToArray(), "application/json", 200);
            await SendAsync(protocol, body, number);
            if (!answers.TryRemove(number, out _) && !IsDeclaredUnread(protocol.Request, field))
            {
                passed.Add($"{protocol.Id}: {protocol.Request[field].Path}");
            }
        });

        Assert.True(passed.IsEmpty, string.Join('\n', passed));
        Assert.True(tried > 1_000, $"{tried} places");
    }

    [Fact]
    public async Task Answer_CanaryAtAnyDeclaredPlace_IsStoppedOrDeclaredUnread()
    {
        var passed = new ConcurrentBag<string>();
        var tried = await EachPlaceAsync(WireProtocolCatalog.All.Where(IsHttp).DistinctBy(p => p.Response), p => p.Response, async (protocol, field, body) =>
        {
            // What may be a file or a sound is read as JSON where it is an error.
            var number = Expect(body, "application/json", protocol.AnswerKind is AnswerKind.File or AnswerKind.Media ? 400 : 200);
            var answer = await SendAsync(protocol, "{}"u8.ToArray(), number);
            Assert.False(answers.ContainsKey(number), $"{protocol.Id} was not asked: {answer.Status}");
            if (answer.Text.Contains(Canary, StringComparison.Ordinal) && !IsDeclaredUnread(protocol.Response, field))
            {
                passed.Add($"{protocol.Id}: {protocol.Response[field].Path}");
            }
        });

        Assert.True(passed.IsEmpty, string.Join('\n', passed));
        Assert.True(tried > 1_000, $"{tried} places");
    }

    [Fact]
    public async Task Event_CanaryInAnyString_IsStoppedOrDeclaredUnread()
    {
        var passed = new ConcurrentBag<string>();
        var tried = 0;
        foreach (var stream in StreamCatalog.All.Where(s => s.Framing != StreamFraming.Messages))
        {
            var (protocol, type) = StreamSpeakers.Of(stream);
            var lines = Samples.With(stream.Id, "Hello");
            await Parallel.ForEachAsync(Enumerable.Range(0, lines.Length), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (at, _) =>
            {
                var bar = lines[at].IndexOf('|', StringComparison.Ordinal);
                foreach (var (json, path) in lines[at].EndsWith("[DONE]", StringComparison.Ordinal) ? [] : WithCanary(lines[at][(bar + 1)..], stream.Fields))
                {
                    string[] changed = [.. lines[..at], lines[at][..(bar + 1)] + json, .. lines[(at + 1)..]];
                    var answer = await SendAsync(protocol, "{\"stream\":true}"u8.ToArray(), Expect(Samples.Bytes(stream.Framing, changed), type, 200));
                    Interlocked.Increment(ref tried);
                    Assert.Equal(200, answer.Status);
                    if (Encoding.Latin1.GetString(answer.Body).Contains(Canary, StringComparison.Ordinal) || IsHiddenInBase64(answer.Body))
                    {
                        passed.Add($"{stream.Id}: {path} in event {at}");
                    }
                }
            });
        }

        Assert.True(passed.IsEmpty, string.Join('\n', passed));
        Assert.True(tried > 250, $"{tried} strings");
    }

    private static async Task<int> EachPlaceAsync(
        IEnumerable<WireProtocol> protocols, Func<WireProtocol, FieldMap> mapOf, Func<WireProtocol, short, byte[], Task> tryAsync)
    {
        var places = protocols.SelectMany(protocol => DeclaredPlaces.Of(mapOf(protocol)).Select(p => (protocol, p.Key, Steps: p.Value))).ToArray();
        await Parallel.ForEachAsync(places, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (place, _) =>
            await tryAsync(place.protocol, place.Key, DeclaredPlaces.Document(place.Steps, Canary)));
        return places.Length;
    }

    // Every string of an event but those that the table calls credentials, one after another.
    private static IEnumerable<(string Json, string Path)> WithCanary(string json, FieldMap map)
    {
        using var body = JsonBody.Rent();
        var bytes = Encoding.UTF8.GetBytes(json);
        Assert.Null(body.Read(bytes, map));
        var splicer = new JsonSplicer(body);
        for (var i = 0; i < body.LeafCount; i++)
        {
            var kind = map[body.Leaves[i].Field].Default?.Kind;
            if (body.Leaves[i].Kind == JsonKind.String && kind != FieldKind.Credential)
            {
                // A text goes on from the event before: the canary is a word of its own there.
                splicer.Begin(body);
                splicer.ReplaceAll(i, kind is FieldKind.Text or FieldKind.Json ? $" {Canary} " : Canary);
                yield return (Encoding.UTF8.GetString(splicer.ToArray()), body.PathOf(i));
            }
        }
    }

    // Bedrock wraps its vendors' events up.
    private static bool IsHiddenInBase64(byte[] answer)
    {
        var text = Encoding.Latin1.GetString(answer);
        for (var at = text.IndexOf("\"bytes\":\"", StringComparison.Ordinal); at >= 0; at = text.IndexOf("\"bytes\":\"", at + 1, StringComparison.Ordinal))
        {
            var start = at + "\"bytes\":\"".Length;
            if (Encoding.UTF8.GetString(Convert.FromBase64String(text[start..text.IndexOf('"', start)])).Contains(Canary, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDeclaredUnread(FieldMap map, short field) => map[field].Rules.Any(r => r.Kind == FieldKind.Credential);

    private static bool IsHttp(WireProtocol protocol) => !protocol.Routes[0].ToString().StartsWith("ws:", StringComparison.Ordinal);

    private string Expect(byte[] body, string type, int status)
    {
        var number = Guid.NewGuid().ToString("N");
        answers[number] = (body, type, status);
        return number;
    }

    private async Task<WireAnswer> SendAsync(WireProtocol protocol, byte[] body, string number)
    {
        var route = protocol.Routes[0].ToString();
        using var request = new HttpRequestMessage(new HttpMethod(route[..route.IndexOf(' ', StringComparison.Ordinal)]), new Uri(proxy.Url, StreamSpeakers.PathOf(protocol)));
        if (!protocol.HasNoRequestBody)
        {
            request.Content = protocol.TakesJson
                ? new ByteArrayContent(body) { Headers = { { "Content-Type", "application/json" } } }
                : new MultipartFormDataContent("b") { { new StringContent("m"), "model" } };
        }

        request.Headers.Add(AnswerHeader, number);
        return await client.SendAsync(request);
    }
}
