using EdgeFilter.Proxy.Bodies;
using Microsoft.Extensions.Primitives;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>Content codings of bodies.</summary>
internal static class ContentCodings
{
    private static readonly BodyProblem Unsupported = new(
        "http.content-coding", "Bodies are taken without a content coding.", Status: StatusCodes.Status415UnsupportedMediaType);

    public static (PooledBody? Body, BodyProblem? Problem) Decode(PooledBody body, StringValues codings, long limit)
    {
        if (codings.Count == 0 || (codings.Count == 1 && string.Equals(codings[0], "identity", StringComparison.OrdinalIgnoreCase)))
        {
            return (body, null);
        }

        body.Dispose();
        return (null, Unsupported);
    }
}
