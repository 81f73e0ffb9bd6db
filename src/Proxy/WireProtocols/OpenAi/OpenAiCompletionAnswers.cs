using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols.Answers;

namespace EdgeFilter.Proxy.WireProtocols.OpenAi;

/// <summary>How legacy Completions say no.</summary>
internal sealed class OpenAiCompletionAnswers : OpenAiAnswers
{
    private readonly short choices = OpenAiCompletionTables.Response.FieldOf("choices[]");

    public override bool TryBlockOutput(JsonBody response, JsonSplicer splicer, int choice, BlockNotice notice) =>
        ReplaceChoices(response, splicer, choices, choice, ChoiceReports.Text);
}
