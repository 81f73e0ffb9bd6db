using System.Buffers;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// Events of our own that carry text which was released after the last event of its channel: the last one that carried a piece
/// serves as the form, so that id, model and place agree.
/// </summary>
internal sealed class SyntheticEvents : IDisposable
{
    private readonly CompiledStream stream;
    private readonly StreamState state;
    private readonly IFrameWriter writer;
    private EventView? lazyView;
    private readonly ArrayBufferWriter<byte> data = new(512);

    public SyntheticEvents(CompiledStream stream, StreamState state, IFrameWriter writer)
    {
        this.stream = stream;
        this.state = state;
        this.writer = writer;
    }

    public void Write(OpenChannel channel, string text, IBufferWriter<byte> output)
    {
        // Most streams never need it.
        var view = lazyView ??= new EventView(stream);
        if (channel.Template is not { } template || !view.TryRead(template))
        {
            stream.Description.Ending.WriteText(state, channel.Channel, text, writer, output);
            return;
        }

        var isWritten = false;
        for (var i = 0; i < view.Body.LeafCount; i++)
        {
            ref readonly var leaf = ref view.Body.Leaves[i];
            if (view.ChannelOf(leaf) is { } line)
            {
                var isOurs = !isWritten && i == channel.TemplateLeaf;
                isWritten |= isOurs;
                view.Splicer.ReplaceAll(i, isOurs ? text : "");
                view.EmptyBeside(i, line);
            }
            else if (leaf.Kind is JsonKind.String or JsonKind.True && stream.CloseAt(leaf.Field) is not null)
            {
                view.Splicer.ReplaceValue(i, leaf.Kind == JsonKind.True ? "false"u8.ToArray() : "null"u8.ToArray());
            }
        }

        data.ResetWrittenCount();
        view.Splicer.WriteTo(data);
        writer.Write(template.Name.Span, data.WrittenSpan, output);
    }

    public void Dispose() => lazyView?.Dispose();
}
