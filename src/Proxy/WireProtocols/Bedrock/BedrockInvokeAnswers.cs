using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols.Answers;

namespace EdgeFilter.Proxy.WireProtocols.Bedrock;

/// <summary>InvokeModel's errors are Bedrock's; filtered output is reported as the vendor of the model does, where it has words for it.</summary>
/// <param name="vendor">How the vendor reports filtered output; null where it has no report.</param>
internal sealed class BedrockInvokeAnswers(INativeAnswers? vendor) : INativeAnswers
{
    private static readonly BedrockAnswers Bedrock = new();

    public NativeAnswer BlockRequest(BlockNotice notice, JsonBody? request = null) => Bedrock.BlockRequest(notice, request);

    public bool TryBlockOutput(JsonBody response, JsonSplicer splicer, int choice, BlockNotice notice) =>
        vendor?.TryBlockOutput(response, splicer, choice, notice) ?? false;

    public NativeAnswer BlockResponse(BlockNotice notice, JsonBody? request = null) => Bedrock.BlockResponse(notice, request);

    public NativeAnswer Error(Fault fault, JsonBody? request = null) => Bedrock.Error(fault, request);
}
