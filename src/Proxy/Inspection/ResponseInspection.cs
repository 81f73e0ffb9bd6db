using System.Diagnostics;
using EdgeFilter.Policies;
using EdgeFilter.Proxy.Configuration;
using EdgeFilter.Proxy.Streaming;
using EdgeFilter.Proxy.WireProtocols;
using EdgeFilter.Proxy.WireProtocols.Configured;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>
/// Takes every response of an inspected exchange out of YARP's hands once its headers are there: streams are filtered as they
/// come, whole bodies when they are complete.
/// </summary>
internal sealed class ResponseInspection(
    WholeResponse whole, StreamedResponse streamed, FileResponse files, EnvelopeFilter envelopes, DecisionRecorder recorder, IOptions<ProxyOptions> options) : ITransformProvider
{
    // Checks over bytes that the filter may change, and what nobody reads in a stream of ours.
    private static readonly string[] Stale = ["Content-MD5", "Digest", "Content-Digest", "Repr-Digest", "ETag", "Trailer", "Server-Timing"];

    public void ValidateRoute(TransformRouteValidationContext context)
    {
    }

    public void ValidateCluster(TransformClusterValidationContext context)
    {
    }

    public void Apply(TransformBuilderContext context)
    {
        // Trailers could carry text past the filter.
        context.CopyResponseTrailers = false;
        context.AddResponseTransform(async transform =>
        {
            if (transform.ProxyResponse is not { } response || transform.HttpContext.Features.Get<ExchangeFeature>() is not { } feature)
            {
                return;
            }

            foreach (var header in Stale)
            {
                transform.HttpContext.Response.Headers.Remove(header);
            }

            if (feature.Exchange.Policy.IsBlindTo(Direction.Output))
            {
                return;
            }

            transform.SuppressResponseBody = true;
            if (!await EditHeadersAsync(transform.HttpContext, feature))
            {
                return;
            }

            var type = response.Content.Headers.ContentType?.MediaType;
            var own = feature.Protocol.Stream is { } stream && response.IsSuccessStatusCode && ConfiguredStream.IsIn(stream.Framing, type) ? stream : null;
            if ((own ?? StreamCatalog.Find(feature.Protocol.Id, type, response.IsSuccessStatusCode)) is { } description)
            {
                if (ReferenceEquals(description, OpenAiResponsesStream.Description) && RetriesIncomplete(transform.HttpContext.Request))
                {
                    description = OpenAiResponsesStream.ForAgents;
                }

                await streamed.FilterAsync(transform.HttpContext, response, feature, description);
            }
            else if (response.IsSuccessStatusCode && feature.Protocol.AnswerKind is AnswerKind.File or AnswerKind.Media)
            {
                await files.FilterAsync(transform.HttpContext, response, feature);
            }
            else
            {
                await whole.FilterAsync(transform.HttpContext, response, feature);
            }
        });
    }

    /// <returns>False when the client has been answered: what was done could not be recorded.</returns>
    private async Task<bool> EditHeadersAsync(HttpContext context, ExchangeFeature feature)
    {
        // The reason phrase is a text that nobody needs.
        context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = null;
        var hits = envelopes.Edit(context.Response, feature.Exchange);
        if (await recorder.RecordAsync(feature.Exchange, Direction.Output, hits, blockedBy: null, context.Response.StatusCode, context.RequestAborted))
        {
            return true;
        }

        context.Response.ContentLength = null;
        await feature.Protocol.Answers.Error(Refusals.NotRecorded(feature.Exchange.RequestId)).WriteToAsync(context.Response, context.RequestAborted);
        return false;
    }

    // A client chooses how a block is told to it, never whether there is one.
    private bool RetriesIncomplete(HttpRequest request) => options.Value.RetriesIncomplete.Any(word =>
        request.Headers.UserAgent.ToString().Contains(word, StringComparison.OrdinalIgnoreCase)
        || request.Headers["originator"].ToString().Contains(word, StringComparison.OrdinalIgnoreCase));
}
