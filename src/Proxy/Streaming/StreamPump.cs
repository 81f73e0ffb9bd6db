using System.Buffers;
using System.IO.Pipelines;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// Moves a stream from the upstream through a rewriter to the client: at once, with back-pressure, kept alive while it is quiet.
/// The record of what happened is made durable before the last bytes leave.
/// </summary>
internal sealed class StreamPump
{
    private const int ReadLength = 8192;

    private readonly Stream upstream;
    private readonly PipeWriter client;
    private readonly StreamRewriter rewriter;
    private readonly StreamPumpOptions options;
    private readonly TimeProvider clock;
    private readonly long started;
    private long bytesRead;
    private TimeSpan? firstSent;
    private Exception? failure;

    /// <param name="upstream">The upstream's body, decompressed. The caller disposes of it, which cancels what is left of it.</param>
    /// <param name="client">The client's body.</param>
    public StreamPump(Stream upstream, PipeWriter client, StreamRewriter rewriter, StreamPumpOptions? options = null, TimeProvider? clock = null)
    {
        this.upstream = upstream;
        this.client = client;
        this.rewriter = rewriter;
        this.options = options ?? StreamPumpOptions.Default;
        this.clock = clock ?? TimeProvider.System;
        started = this.clock.GetTimestamp();
    }

    /// <summary>Runs until the stream has ended for the client.</summary>
    /// <param name="beforeEnd">Called once, before the last bytes leave; for a block it returns the text for the person who reads, or null.</param>
    /// <param name="clientGone">Cancelled when the client goes away.</param>
    public async Task<StreamOutcome> RunAsync(Func<StreamStatus, ValueTask<string?>> beforeEnd, CancellationToken clientGone)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ReadLength);
        try
        {
            while (rewriter.Status == StreamStatus.Open)
            {
                var count = await ReadAsync(buffer, clientGone).ConfigureAwait(false);
                if (count >= 0)
                {
                    Rewrite(buffer.AsSpan(0, count));
                }

                if (rewriter.Status == StreamStatus.Open && !await FlushAsync(clientGone).ConfigureAwait(false))
                {
                    return Outcome(StreamEnd.ClientGone);
                }
            }

            return await EndAsync(beforeEnd, buffer, clientGone).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (clientGone.IsCancellationRequested)
        {
            return Outcome(StreamEnd.ClientGone);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private async Task<StreamOutcome> EndAsync(Func<StreamStatus, ValueTask<string?>> beforeEnd, byte[] buffer, CancellationToken clientGone)
    {
        var notice = await beforeEnd(rewriter.Status).ConfigureAwait(false);
        if (rewriter.Status == StreamStatus.Blocked)
        {
            rewriter.WriteBlock(notice, client);
        }

        var isDelivered = await FlushAsync(clientGone).ConfigureAwait(false);
        if (rewriter.Status == StreamStatus.Ended && isDelivered)
        {
            await DrainAsync(buffer, clientGone).ConfigureAwait(false);
        }

        return Outcome(rewriter.Status switch
        {
            _ when !isDelivered => StreamEnd.ClientGone,
            StreamStatus.Blocked => StreamEnd.Blocked,
            StreamStatus.Failed => StreamEnd.Failed,
            _ => StreamEnd.Completed,
        });
    }

    private void Rewrite(ReadOnlySpan<byte> bytes)
    {
        bytesRead += bytes.Length;
        try
        {
            if (bytes.IsEmpty)
            {
                rewriter.Complete(client);
            }
            else
            {
                rewriter.Append(bytes, client);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Fail closed, whatever it was: a detector that throws has not said that the text is fine.
            failure = exception;
            rewriter.Fail(StreamProblem.FilterFailed, client);
        }
    }

    /// <summary>Reads more; 0 at the end, -1 when the stream failed instead.</summary>
    private async ValueTask<int> ReadAsync(byte[] buffer, CancellationToken clientGone)
    {
        try
        {
            var read = upstream.ReadAsync(buffer, clientGone);
            return read.IsCompleted ? await read.ConfigureAwait(false) : await WaitAsync(read.AsTask(), clientGone).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or InvalidDataException)
        {
            failure = exception;
            rewriter.Fail(StreamProblem.UpstreamFailed, client);
            return -1;
        }
    }

    private async Task<int> WaitAsync(Task<int> read, CancellationToken clientGone)
    {
        var waited = TimeSpan.Zero;
        while (true)
        {
            var next = options.GiveUpAfter - waited < options.KeepAliveAfter ? options.GiveUpAfter - waited : options.KeepAliveAfter;
            try
            {
                return await read.WaitAsync(next, clock, clientGone).ConfigureAwait(false);
            }
            catch (TimeoutException) when (!read.IsCompleted)
            {
                waited += next;
            }

            if (waited >= options.GiveUpAfter)
            {
                rewriter.Fail(StreamProblem.UpstreamSilent, client);
                Forget(read);
                return -1;
            }

            if (rewriter.WriteKeepAlive(client))
            {
                await FlushAsync(clientGone).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<bool> FlushAsync(CancellationToken clientGone)
    {
        if (client.UnflushedBytes == 0)
        {
            return true;
        }

        try
        {
            var result = await client.FlushAsync(clientGone).ConfigureAwait(false);
            firstSent ??= clock.GetElapsedTime(started);
            return !result.IsCompleted && !result.IsCanceled;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Reads to the end of the upstream's body, if it comes soon.</summary>
    private async Task DrainAsync(byte[] buffer, CancellationToken clientGone)
    {
        using var limit = new CancellationTokenSource(options.DrainFor, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, clientGone);
        try
        {
            int count;
            while ((count = await upstream.ReadAsync(buffer, either.Token).ConfigureAwait(false)) > 0)
            {
                bytesRead += count;
                rewriter.Append(buffer.AsSpan(0, count), client);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or HttpRequestException)
        {
            // What comes behind the last event is dropped anyway; the caller closes the connection.
            return;
        }
    }

    private StreamOutcome Outcome(StreamEnd end) =>
        new(end, rewriter.Problem, rewriter.Coverage, rewriter.UpstreamReportedError, bytesRead, firstSent, failure);

    /// <summary>A read that nobody waits for any more fails when the caller disposes of the upstream: that is no news.</summary>
    private static void Forget(Task read) =>
        read.ContinueWith(static done => _ = done.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
