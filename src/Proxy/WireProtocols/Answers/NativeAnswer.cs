namespace EdgeFilter.Proxy.WireProtocols.Answers;

/// <summary>A whole answer in a provider's own shape.</summary>
/// <param name="Headers">Beside content type and length.</param>
internal sealed record NativeAnswer(int Status, string ContentType, byte[] Body, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    public const string Json = "application/json";

    /// <summary>Writes the answer; nothing may have been written before.</summary>
    public async Task WriteToAsync(HttpResponse response, CancellationToken cancellation)
    {
        response.StatusCode = Status;
        response.ContentType = ContentType;
        response.ContentLength = Body.Length;
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }

        await response.Body.WriteAsync(Body, cancellation).ConfigureAwait(false);
    }
}
