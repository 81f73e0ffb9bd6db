using System.Runtime.InteropServices;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.Configuration;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>Takes a request's body off the wire and puts the judged one in its place.</summary>
internal static class RequestBody
{
    private static readonly BodyProblem TooLarge = new(
        "http.too-large", "The body is larger than this proxy inspects.", Status: StatusCodes.Status413PayloadTooLarge);

    private static readonly BodyProblem TooSlow = new("http.too-slow", "The body did not arrive in time.", Status: StatusCodes.Status400BadRequest);

    /// <summary>Reads and, where it is compressed, decodes the body.</summary>
    public static async Task<(PooledBody? Body, BodyProblem? Problem)> ReadAsync(HttpRequest request, ProxyOptions options, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(options.RequestBodyTimeout);
        PooledBody? body;
        try
        {
            body = await PooledBody.ReadAsync(request.Body, request.ContentLength, options.MaxRequestBytes, timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, TooSlow);
        }
        catch (BadHttpRequestException error)
        {
            return (null, error.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge : new BodyProblem("http.bad-request", "The request's framing is broken."));
        }

        return body is null ? (null, TooLarge) : ContentCodings.Decode(body, request.Headers.ContentEncoding, options.MaxRequestBytes);
    }

    /// <summary>Sets what YARP forwards: these bytes, uncompressed, with their length.</summary>
    public static void Replace(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        request.Body = MemoryMarshal.TryGetArray(body, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(body.ToArray(), writable: false);
        request.HttpContext.Features.Set(new JudgedBody(body));
        request.ContentLength = body.Length;
        request.Headers.Remove("Transfer-Encoding");
        request.Headers.Remove("Content-Encoding");
        request.Headers.Remove("Expect");
    }
}
