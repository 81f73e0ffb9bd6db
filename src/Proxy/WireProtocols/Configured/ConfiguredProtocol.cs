using System.Text.RegularExpressions;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.Streaming;
using EdgeFilter.Proxy.WireProtocols.OpenAi;

namespace EdgeFilter.Proxy.WireProtocols.Configured;

/// <summary>
/// Any other JSON API, described by configuration: where its text lives in requests and in answers. What no path names is inspected
/// all the same, as untrusted metadata.
/// </summary>
internal static partial class ConfiguredProtocol
{
    private static readonly OpenAiAnswers Answers = new();

    /// <summary>Describes an API.</summary>
    /// <param name="id">For records: <c>custom.search</c>.</param>
    /// <param name="routes">As <see cref="RoutePattern"/> reads them: <c>POST /search/{index}</c>.</param>
    /// <param name="promptsAt">Text of users: <c>$.query</c>, <c>$.turns[*].text</c>; <c>.*</c> is any member, <c>..*</c> everything below.</param>
    /// <param name="outputsAt">Text of the model, likewise.</param>
    /// <param name="framing">How answers stream; null for answers that come whole.</param>
    /// <param name="modelMember">The member of requests that names the model.</param>
    /// <exception cref="FormatException">Names the path or route that can't be read, and what one looks like.</exception>
    public static WireProtocol Create(
        string id, string family, IReadOnlyList<string> routes, IReadOnlyList<string> promptsAt, IReadOnlyList<string> outputsAt,
        StreamFraming? framing = null, string modelMember = "model", bool hasNoRequestBody = false)
    {
        var wrong = routes.FirstOrDefault(r => !Route.IsMatch(r));
        if (wrong is not null)
        {
            throw new FormatException($"'{wrong}' is not a route: write a method and a path, such as 'POST /search'.");
        }

        var outputs = outputsAt.Select(FieldOf).ToArray();
        return new WireProtocol([.. routes])
        {
            Id = id,
            Title = id,
            Families = [family],
            Request = FieldMap.Parse(string.Join('\n', promptsAt.Select(p => $"{FieldOf(p)} text user"))),
            Response = FieldMap.Parse(". below assistant\n" + string.Join('\n', outputs.Select(p => $"{p} text assistant"))),
            Answers = Answers,
            HasNoRequestBody = hasNoRequestBody,
            ModelMember = modelMember,
            Stream = framing is { } frames ? ConfiguredStream.Describe(id, frames, outputs) : null,
        };
    }

    private static string FieldOf(string path) => JsonPath.IsMatch(path)
        ? path[1..].Replace("..*", ".**", StringComparison.Ordinal).Replace("[*]", "[]", StringComparison.Ordinal).TrimStart('.')
        : throw new FormatException($"'{path}' is not a path to text: write it like '$.messages[*].text'.");

    [GeneratedRegex(@"\A\$(?:\.[A-Za-z_][A-Za-z0-9_-]*|\.\*|\[\*\])+(?:\.\.\*)?\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex JsonPath { get; }

    [GeneratedRegex(@"\A[A-Z]+ /[^\s?#]*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Route { get; }
}
