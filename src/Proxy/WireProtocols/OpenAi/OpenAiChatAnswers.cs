using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols.Answers;

namespace EdgeFilter.Proxy.WireProtocols.OpenAi;

/// <summary>How Chat Completions say no.</summary>
internal sealed class OpenAiChatAnswers : OpenAiAnswers
{
    private readonly short choices = OpenAiChatTables.Response.FieldOf("choices[]");

    public override bool TryBlockOutput(JsonBody response, JsonSplicer splicer, int choice, BlockNotice notice) =>
        ReplaceChoices(response, splicer, choices, choice, index => ChoiceReports.Chat(index, notice));
}
