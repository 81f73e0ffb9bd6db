using EdgeFilter.Policies.Documents;

namespace EdgeFilter.Policies.Validation;

/// <summary>Which entities stand behind the words of the language that name none.</summary>
internal static class TextOddities
{
    /// <summary>Behind <c>invisible-text</c>.</summary>
    public static readonly string[] Invisible = ["INVISIBLE_TEXT", "BIDI_CONTROL"];

    /// <summary>Behind <c>encoded-text</c>.</summary>
    public static readonly string[] Encoded = ["ENCODED_TEXT"];

    /// <summary>Behind <c>urls</c>.</summary>
    public static string[] EntitiesOf(UrlForm form) => form switch
    {
        UrlForm.Link => ["MARKDOWN_LINK"],
        UrlForm.Image => ["MARKDOWN_IMAGE"],
        _ => ["URL"],
    };
}
