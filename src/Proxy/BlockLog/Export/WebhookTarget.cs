using System.Net.Http.Headers;
using System.Text;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Posts groups of records, one a line, to an HTTP address; taken means a status from 200 to 299.</summary>
/// <param name="address">Where to.</param>
/// <param name="format">What each line is.</param>
/// <param name="authorization">Value of the <c>Authorization</c> header, null for none.</param>
internal sealed class WebhookTarget(Uri address, RecordFormat format, string? authorization) : IShipTarget
{
    private readonly HttpPoster _poster = new(address, authorization);

    public Task<bool> TrySendAsync(IReadOnlyList<StoredRecord> records, CancellationToken cancellationToken)
    {
        var lines = new StringBuilder();
        foreach (var stored in records)
        {
            lines.Append(RecordFormatter.Line(stored, format)).Append('\n');
        }

        return _poster.TryPostAsync(new StringContent(lines.ToString(), Encoding.UTF8, new MediaTypeHeaderValue("application/x-ndjson")), cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _poster.Dispose();
        return ValueTask.CompletedTask;
    }
}
