using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Configuration;
using EdgeFilter.Proxy.Inspection;
using EdgeFilter.Proxy.Routing;
using EdgeFilter.Proxy.WireProtocols;
using EdgeFilter.Proxy.WireProtocols.Answers;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace EdgeFilter.Proxy.Signing;

/// <summary>
/// Signs requests to AWS Bedrock with the proxy's own credentials. The client signed for the proxy's address, and its signature
/// covers a body that may have been edited: it is worth nothing to AWS, whatever was or was not changed.
/// </summary>
internal sealed class BedrockSigning(ProviderSet providers, IOptions<ProxyOptions> options, TimeProvider clock, ILogger<BedrockSigning> logger) : ITransformProvider
{
    private const string Service = "bedrock";
    private static readonly string[] Signed = ["x-amz-date", "x-amz-security-token", "x-amz-content-sha256"];

    public void ValidateRoute(TransformRouteValidationContext context)
    {
    }

    public void ValidateCluster(TransformClusterValidationContext context)
    {
    }

    public void Apply(TransformBuilderContext context)
    {
        if (context.Route.Metadata?.GetValueOrDefault(ProviderRoutes.ProviderKey) is { } name && providers.Find(name) is { Family: ProtocolFamily.Bedrock } provider)
        {
            context.AddRequestTransform(transform => ApplyAsync(transform, provider));
        }
    }

    private async ValueTask ApplyAsync(RequestTransformContext transform, Provider named)
    {
        var provider = transform.HttpContext.Features.Get<ExchangeFeature>()?.Exchange.Provider ?? named;
        var request = transform.ProxyRequest;

        // 1. The address, escaped as AWS escapes it: a model's id has colons, and slashes that must stay part of it.
        var path = AwsPath.Escape(transform.Path.Value ?? "/");
        var query = AwsPath.Query(transform.Query.Collection
            .Where(q => !q.Key.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase))
            .SelectMany(q => q.Value.Select(value => KeyValuePair.Create(q.Key, value ?? ""))));
        var prefix = new Uri(transform.DestinationPrefix);
        request.RequestUri = new Uri(prefix.AbsoluteUri.TrimEnd('/') + path + (query.Length > 0 ? "?" + query : ""));
        if (provider.Key is not null)
        {
            return;
        }

        if (provider.Aws is not { } aws)
        {
            await RefuseSignedAsync(transform, prefix);
            return;
        }

        // 2. Nothing of the client's signature goes on.
        request.Headers.Authorization = null;
        foreach (var header in Signed)
        {
            request.Headers.Remove(header);
        }

        // 3. The signature, over the very bytes that are sent.
        if (await BodyHashAsync(transform.HttpContext) is not { } hash)
        {
            transform.HttpContext.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        var signature = new AwsSignature(aws.Current, aws.Region, Service);
        var headers = new List<KeyValuePair<string, string>> { new("host", prefix.IsDefaultPort ? prefix.IdnHost : $"{prefix.IdnHost}:{prefix.Port}") };
        if (request.Content?.Headers.NonValidated.TryGetValues("Content-Type", out var type) is true)
        {
            headers.Add(new("content-type", type.ToString()));
        }

        request.Headers.Host = null;
        foreach (var (header, value) in signature.Sign(request.Method.Method, request.RequestUri.AbsolutePath, query, headers, hash, clock.GetUtcNow()))
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }
    }

    /// <summary>AWS would refuse a signature for another host with a riddle; here is what an operator can do about it.</summary>
    private async ValueTask RefuseSignedAsync(RequestTransformContext transform, Uri destination)
    {
        var authorization = transform.HttpContext.Request.Headers.Authorization.ToString();
        if (!AwsCredentialSource.IsAws(destination) || authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var exchange = transform.HttpContext.Features.Get<ExchangeFeature>()?.Exchange;
        var requestId = exchange?.RequestId ?? Exchange.RequestIdOf(BlockRecord.NewId(clock.GetUtcNow()));
        logger.Refused(exchange?.Route ?? "", "aws.no-credentials", requestId);
        var fault = new Fault(
            FaultKind.Forbidden,
            "The proxy has no AWS credentials to sign this request with. An operator sets AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or Aws:CredentialsFile or Credential of this provider.",
            requestId);
        await WireProtocolCatalog.AnswersOf(Service).Error(fault).WriteToAsync(transform.HttpContext.Response, transform.HttpContext.RequestAborted);
    }

    /// <returns>Null when the body is larger than what is forwarded.</returns>
    private async ValueTask<string?> BodyHashAsync(HttpContext context)
    {
        if (context.Features.Get<JudgedBody>() is { } judged)
        {
            return AwsSignature.HashOf(judged.Bytes.Span);
        }

        // Passed uninspected, as configured: still the bytes that are signed must be those that are sent.
        var body = await PooledBody.ReadAsync(context.Request.Body, context.Request.ContentLength, options.Value.MaxRequestBytes, context.RequestAborted);
        if (body is null)
        {
            return null;
        }

        using (body)
        {
            var bytes = body.Bytes.ToArray();
            context.Request.Body = new MemoryStream(bytes, writable: false);
            return AwsSignature.HashOf(bytes);
        }
    }
}
