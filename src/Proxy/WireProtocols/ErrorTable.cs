namespace EdgeFilter.Proxy.WireProtocols;

/// <summary>Error bodies, as most providers write them: messages may repeat what was sent.</summary>
internal static class ErrorTable
{
    public const string Lines = """
        error                         text assistant
        error.message                 text assistant
        error.type                    word
        error.code                    opaque -- an error code
        error.param                   opaque -- names a member of the request
        error.status                  word
        error.details.**              text assistant
        error.innererror.**           opaque -- the provider's own verdicts
        request_id                    opaque -- the provider's name for the request
        """;
}
