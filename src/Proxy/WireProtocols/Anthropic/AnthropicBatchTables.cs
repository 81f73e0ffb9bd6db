using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.Anthropic;

/// <summary>Where text lives in Anthropic's batches of messages: each request holds the body of one.</summary>
internal static class AnthropicBatchTables
{
    public static FieldMap Request { get; } = FieldMap.Parse("""
        requests[].custom_id      opaque -- ties the request to its result
        requests[].params         -> @
        """, mounted: AnthropicMessagesTables.Request);

    public static FieldMap Response { get; } = FieldMap.Parse($"""
        has_more                  number
        first_id                  opaque -- names a batch
        last_id                   opaque -- names a batch
        data[]                    -> batch
        .                         -> batch
        batch.id                  opaque -- names a batch
        batch.type                word
        batch.processing_status   word
        batch.request_counts.*    number
        batch.created_at          opaque -- a time
        batch.expires_at          opaque -- a time
        batch.ended_at            opaque -- a time
        batch.archived_at         opaque -- a time
        batch.cancel_initiated_at opaque -- a time
        batch.results_url         opaque -- where the results are, which are filtered when they are fetched
        {ErrorTable.Lines}
        """);
}
