using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.Bodies.Coding;
using Microsoft.Extensions.Primitives;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>Bodies as they come off the wire, with their content coding undone.</summary>
internal static class ContentCodings
{
    /// <returns>The decoded body, or why it can't be had; the coded one is given back to the pool either way.</returns>
    public static (PooledBody? Body, BodyProblem? Problem) Decode(PooledBody body, StringValues codings, long limit)
    {
        if (BodyDecoder.ReadHeader(codings, out var coding) is { } unknown)
        {
            body.Dispose();
            return (null, unknown);
        }

        if (coding == ContentCoding.Identity)
        {
            return (body, null);
        }

        using (body)
        {
            var problem = BodyDecoder.Decode(body.Bytes, coding, new BodyLimits((int)limit), out var decoded);
            return problem is null ? (PooledBody.Of(decoded.Span), null) : (null, problem);
        }
    }
}
