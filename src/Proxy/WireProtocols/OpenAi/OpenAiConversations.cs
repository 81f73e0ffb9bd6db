using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.OpenAi;

/// <summary>Conversations that the provider stores for Responses: what is put in is a prompt, what is read again an answer.</summary>
internal static class OpenAiConversations
{
    private static readonly string[] Speakers = ["openai", "azure"];
    private static readonly OpenAiAnswers Answers = new();

    // One item alone is the body itself.
    private static readonly string ItemAtRoot = string.Join('\n', OpenAiResponsesTables.Items
        .Split('\n', StringSplitOptions.TrimEntries)
        .Where(line => line.StartsWith("item.", StringComparison.Ordinal))
        .Select(line => line["item.".Length..]));

    private static readonly FieldMap ResponseFields = FieldMap.Parse($"""
        .                             below assistant
        object                        word
        created_at                    number
        deleted                       number
        first_id                      opaque -- names an item
        last_id                       opaque -- names an item
        has_more                      number
        metadata                      record
        metadata.*                    text metadata
        data[]                        -> item
        {ErrorTable.Lines}
        {ItemAtRoot}
        {OpenAiResponsesTables.Items}
        {SchemaTable.Lines}
        """);

    public static WireProtocol Write { get; } = new(Paths("POST", "/conversations", "/conversations/{id}", "/conversations/{id}/items"))
    {
        Id = "openai.conversations",
        Title = "OpenAI Conversations",
        Families = Speakers,
        Request = FieldMap.Parse($"""
            items[]                       -> item
            metadata                      record
            metadata.*                    text metadata
            {OpenAiResponsesTables.Items}
            {SchemaTable.Lines}
            """),
        Response = ResponseFields,
        Answers = Answers,
    };

    public static WireProtocol Read { get; } = new(
    [
        .. Paths("GET", "/conversations/{id}", "/conversations/{id}/items", "/conversations/{id}/items/{item}"),
        .. Paths("DELETE", "/conversations/{id}", "/conversations/{id}/items/{item}"),
    ])
    {
        Id = "openai.conversations.stored",
        Title = "OpenAI Conversations, read again from storage",
        Families = Speakers,
        Request = FieldMap.Empty,
        Response = ResponseFields,
        Answers = Answers,
        HasNoRequestBody = true,
    };

    public static IReadOnlyList<WireProtocol> All { get; } = [Write, Read];

    private static string[] Paths(string method, params string[] paths) =>
        [.. paths.SelectMany(path => new[] { $"{method} /v1{path}", $"{method} {path}", $"{method} /openai/v1{path}" })];
}
