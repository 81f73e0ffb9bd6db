using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using EdgeFilter.Policies;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>
/// Sends records as syslog messages (RFC 5424) over TCP or TLS, framed by their length (RFC 6587). Syslog acknowledges nothing: what
/// was on its way when a connection broke is sent again with the whole group.
/// </summary>
internal sealed class SyslogTarget(string host, int port, bool useTls, RecordFormat format) : IShipTarget
{
    private const int SecurityFacility = 13;
    private static readonly string Machine = Environment.MachineName;
    private TcpClient? _client;
    private Stream? _stream;

    public async Task<bool> TrySendAsync(IReadOnlyList<StoredRecord> records, CancellationToken cancellationToken)
    {
        try
        {
            var stream = _stream ?? await ConnectAsync(cancellationToken).ConfigureAwait(false);
            using var group = new MemoryStream();
            foreach (var stored in records)
            {
                group.Write(Frame(stored, format));
            }

            await stream.WriteAsync(group.GetBuffer().AsMemory(0, (int)group.Length), cancellationToken).ConfigureAwait(false);
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception problem) when (problem is IOException or SocketException or AuthenticationException)
        {
            await DisposeAsync().ConfigureAwait(false);
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_stream is not null)
        {
            await _stream.DisposeAsync().ConfigureAwait(false);
        }

        _client?.Dispose();
        _stream = null;
        _client = null;
    }

    /// <summary>One message with its length before it.</summary>
    internal static byte[] Frame(StoredRecord stored, RecordFormat format)
    {
        var record = stored.Record;
        var priority = (SecurityFacility * 8) + SeverityOf(record.Severity);
        var message = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"<{priority}>1 {record.Time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.ffffffZ} {Machine} edgefilter {Environment.ProcessId} " +
            $"{RecordTerms.NameOf(record.Action)} - \uFEFF{RecordFormatter.Line(stored, format)}"));
        return [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{message.Length} ")), .. message];
    }

    // Syslog's own scale: 2 critical, 3 error, 4 warning, 5 notice, 6 informational.
    private static int SeverityOf(Severity severity) => 6 - (int)severity;

    private async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        _client = new TcpClient();
        await _client.ConnectAsync(host, port, cancellationToken).ConfigureAwait(false);
        _stream = _client.GetStream();
        if (useTls)
        {
            var secure = new SslStream(_stream, leaveInnerStreamOpen: false);
            _stream = secure;
            await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, cancellationToken).ConfigureAwait(false);
        }

        return _stream;
    }
}
