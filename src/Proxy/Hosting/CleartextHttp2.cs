using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace EdgeFilter.Proxy.Hosting;

/// <summary>
/// Lets one address without TLS speak HTTP/1.1 and HTTP/2: the AWS SDKs open HTTP/2 with prior knowledge. Kestrel takes HTTP/1.1
/// where no TLS handshake has chosen; a connection that begins with HTTP/2's preface (RFC 9113, 3.4) has chosen too.
/// </summary>
/// <remarks>On an address with TLS the first bytes are a handshake, and nothing here applies.</remarks>
internal static class CleartextHttp2
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(130);

    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    /// <summary>Applies to every address of the server.</summary>
    public static void Use(KestrelServerOptions kestrel)
    {
        // The connection counts as one that has chosen its protocol, which Kestrel takes for TLS; the request says http, as it is.
        kestrel.AllowAlternateSchemes = true;
        kestrel.ConfigureEndpointDefaults(listen => listen.Use(next => connection => PeekAsync(connection, next)));
    }

    private static async Task PeekAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        try
        {
            if (await BeginsWithPrefaceAsync(connection))
            {
                connection.Features.Set<ITlsApplicationProtocolFeature>(Chosen.Instance);
                connection.Features.Set<ITlsConnectionFeature>(Chosen.Instance);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // Nobody asked anything: there is nobody to answer.
            connection.Abort();
            return;
        }

        await next(connection);
    }

    private static async ValueTask<bool> BeginsWithPrefaceAsync(ConnectionContext connection)
    {
        var input = connection.Transport.Input;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        timeout.CancelAfter(Patience);
        while (true)
        {
            var read = await input.ReadAsync(timeout.Token);
            var answer = Compare(read.Buffer);
            if (answer is not null || read.IsCompleted || read.IsCanceled)
            {
                input.AdvanceTo(read.Buffer.Start);
                return answer ?? false;
            }

            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <returns>Null while the bytes so far could still become the preface.</returns>
    private static bool? Compare(in ReadOnlySequence<byte> bytes)
    {
        Span<byte> first = stackalloc byte[Preface.Length];
        var length = (int)Math.Min(bytes.Length, first.Length);
        bytes.Slice(0, length).CopyTo(first);
        return !first[..length].SequenceEqual(Preface[..length]) ? false : length == Preface.Length ? true : null;
    }

    private sealed class Chosen : ITlsApplicationProtocolFeature, ITlsConnectionFeature
    {
        public static Chosen Instance { get; } = new();

        public ReadOnlyMemory<byte> ApplicationProtocol { get; } = "h2"u8.ToArray();

        public X509Certificate2? ClientCertificate
        {
            get => null;
            set => throw new NotSupportedException("A connection without TLS has no certificate.");
        }

        public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) => Task.FromResult<X509Certificate2?>(null);
    }
}
