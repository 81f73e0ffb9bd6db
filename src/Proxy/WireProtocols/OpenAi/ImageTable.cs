namespace EdgeFilter.Proxy.WireProtocols.OpenAi;

/// <summary>What every way to ask for an image may set: words and numbers of the API, no text.</summary>
internal static class ImageTable
{
    public const string Settings = """
        background                    word
        moderation                    word
        output_format                 word
        quality                       word
        response_format               word
        size                          word
        style                         word
        input_fidelity                word
        n                             number
        output_compression            number
        partial_images                number
        stream                        number
        """;
}
