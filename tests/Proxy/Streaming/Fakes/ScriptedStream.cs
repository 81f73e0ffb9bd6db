using System.Text;

namespace EdgeFilter.Proxy.Tests.Streaming.Fakes;

/// <summary>An upstream's body that says something, and then ends, fails or falls silent.</summary>
internal sealed class ScriptedStream : Stream
{
    private readonly MemoryStream content;
    private readonly Exception? failure;
    private readonly bool silent;

    public ScriptedStream(string content, Exception? failure = null, bool silent = false)
    {
        this.content = new MemoryStream(Encoding.UTF8.GetBytes(content));
        this.failure = failure;
        this.silent = silent;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await content.ReadAsync(buffer, cancellationToken);
        if (count == 0 && silent)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        return count == 0 && failure is not null ? throw failure : count;
    }

    public override int Read(byte[] buffer, int offset, int count) => content.Read(buffer, offset, count);

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
