using System.Net;
using System.Net.Sockets;
using System.Text;
using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Tests.BlockLog;

public class LogShipperTests
{
    [Fact]
    public async Task Run_ReceiverRefusesAtFirst_SendsAgainAndLosesNothing()
    {
        using var folder = new LogFolder();
        await folder.FillAsync(1_200);
        await using var target = new MoodyTarget(refusals: 2);

        var shipped = await ShipAsync(folder, target);

        Assert.Equal(1_200, shipped);
        Assert.Equal(Enumerable.Range(1, 1_200).Select(n => (long)n), target.Taken);
        Assert.Equal(2, target.Refused);
    }

    [Fact]
    public async Task Run_Again_GoesOnBehindTheCursor()
    {
        using var folder = new LogFolder();
        await folder.FillAsync(10);
        await using var target = new MoodyTarget(refusals: 0);
        await ShipAsync(folder, target);
        await folder.FillAsync(5);

        Assert.Equal(5, await ShipAsync(folder, target));
        Assert.Equal(15, target.Taken.Distinct().Count());
    }

    [Fact]
    public async Task Run_CursorThatIsNoNumber_IsRefused()
    {
        using var folder = new LogFolder();
        await folder.FillAsync(1);
        await File.WriteAllTextAsync(Cursor(folder), "far");
        await using var target = new MoodyTarget(refusals: 0);

        await Assert.ThrowsAsync<InvalidDataException>(() => ShipAsync(folder, target));
    }

    [Fact]
    public async Task Syslog_Records_ArriveFramedByTheirLength()
    {
        using var folder = new LogFolder();
        await folder.FillAsync(3);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var received = ReceiveAsync(listener);
        await using (var target = new SyslogTarget("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, useTls: false, RecordFormat.Cef))
        {
            Assert.Equal(3, await ShipAsync(folder, target));
        }

        var messages = Unframe(await received);

        Assert.Equal(3, messages.Count);
        Assert.All(messages, message => Assert.Matches(@"^<1\d\d>1 2026-11-01T08:00:0\d\.0+Z \S+ edgefilter \d+ \S+ - \uFEFFCEF:0\|EdgeFilter\|", message));
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, true)]
    [InlineData(HttpStatusCode.ServiceUnavailable, false)]
    [InlineData(HttpStatusCode.Redirect, false)]
    public async Task Webhook_OnlyASuccessStatus_CountsAsTaken(HttpStatusCode status, bool taken)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = AnswerAsync(listener, status);
        await using var target = new WebhookTarget(
            new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/in"), RecordFormat.Jsonl, "Bearer test");

        Assert.Equal(taken, await target.TrySendAsync([new StoredRecord(1, Some.Record())], CancellationToken.None));
        Assert.Contains("Authorization: Bearer test", await answering, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhook_NobodyThere_IsNotTaken()
    {
        await using var target = new WebhookTarget(new Uri("http://127.0.0.1:1/"), RecordFormat.Jsonl, null);

        Assert.False(await target.TrySendAsync([new StoredRecord(1, Some.Record())], CancellationToken.None));
    }

    private static string Cursor(LogFolder folder) => Path.Combine(folder.Path, "cursor");

    private static async Task<long> ShipAsync(LogFolder folder, IShipTarget target)
    {
        using var reader = folder.OpenReader();
        return await new LogShipper(reader, target, new ShipCursor(Cursor(folder)), TimeProvider.System)
            .RunAsync(EventQuery.Everything, follow: false, CancellationToken.None);
    }

    private static async Task<byte[]> ReceiveAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        using var all = new MemoryStream();
        await client.GetStream().CopyToAsync(all);
        return all.ToArray();
    }

    private static async Task<string> AnswerAsync(TcpListener listener, HttpStatusCode status)
    {
        using var client = await listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (!Encoding.UTF8.GetString(buffer, 0, length).TrimEnd('\n').EndsWith("}}", StringComparison.Ordinal))
        {
            length += await stream.ReadAsync(buffer.AsMemory(length));
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {(int)status} X\r\nContent-Length: 0\r\nLocation: /x\r\nConnection: close\r\n\r\n"));
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static List<string> Unframe(byte[] bytes)
    {
        var messages = new List<string>();
        for (var at = 0; at < bytes.Length;)
        {
            var space = Array.IndexOf(bytes, (byte)' ', at);
            var length = int.Parse(Encoding.ASCII.GetString(bytes, at, space - at), System.Globalization.CultureInfo.InvariantCulture);
            messages.Add(Encoding.UTF8.GetString(bytes, space + 1, length));
            at = space + 1 + length;
        }

        return messages;
    }

    /// <summary>Refuses a number of times, then takes everything.</summary>
    private sealed class MoodyTarget(int refusals) : IShipTarget
    {
        public List<long> Taken { get; } = [];

        public int Refused { get; private set; }

        public Task<bool> TrySendAsync(IReadOnlyList<StoredRecord> records, CancellationToken cancellationToken)
        {
            if (Refused < refusals)
            {
                Refused++;
                return Task.FromResult(false);
            }

            Taken.AddRange(records.Select(record => record.Sequence));
            return Task.FromResult(true);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
