using System.Buffers;
using EdgeFilter.Proxy.Streaming;

namespace EdgeFilter.Proxy.WireProtocols.Configured;

/// <summary>An API that nobody here knows has no words of its own for a block: it gets an error object, as OpenAI writes them.</summary>
internal sealed class ConfiguredEnding : IStreamEnding
{
    public void WriteBlock(StreamState state, string? notice, IFrameWriter writer, IBufferWriter<byte> output) => new EventText()
        .Raw("{\"error\":{\"message\":"u8).Text(notice ?? "Blocked by policy.").Raw(",\"code\":\"content_filter\"}}"u8)
        .WriteTo([], writer, output);

    public void WriteError(StreamState state, StreamProblem problem, IFrameWriter writer, IBufferWriter<byte> output) => new EventText()
        .Raw("{\"error\":{\"message\":"u8).Text(problem.Message).Raw(",\"code\":"u8).Text(problem.Code).Raw("}}"u8)
        .WriteTo([], writer, output);

    // The channel's name is the path that its pieces stand at.
    public void WriteText(StreamState state, StreamChannel channel, string text, IFrameWriter writer, IBufferWriter<byte> output)
    {
        var steps = channel.Field.Replace("[]", ".[]", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries);
        var piece = new EventText();
        foreach (var step in steps)
        {
            _ = step == "[]" ? piece.Raw("["u8) : piece.Raw("{"u8).Text(step).Raw(":"u8);
        }

        piece.Text(text);
        foreach (var step in steps.Reverse())
        {
            piece.Raw(step == "[]" ? "]"u8 : "}"u8);
        }

        piece.WriteTo([], writer, output);
    }
}
