using System.Net.Http.Headers;
using System.Text;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Posts groups of records, one a line, to an HTTP address; taken means a status from 200 to 299.</summary>
/// <param name="address">Where to.</param>
/// <param name="format">What each line is.</param>
/// <param name="authorization">Value of the <c>Authorization</c> header, null for none.</param>
internal sealed class WebhookTarget(Uri address, RecordFormat format, string? authorization) : IShipTarget
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(10) })
    {
        Timeout = TimeSpan.FromSeconds(30),
    };

    public async Task<bool> TrySendAsync(IReadOnlyList<StoredRecord> records, CancellationToken cancellationToken)
    {
        var lines = new StringBuilder();
        foreach (var stored in records)
        {
            lines.Append(RecordFormatter.Line(stored, format)).Append('\n');
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(lines.ToString(), Encoding.UTF8, new MediaTypeHeaderValue("application/x-ndjson")),
        };
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
