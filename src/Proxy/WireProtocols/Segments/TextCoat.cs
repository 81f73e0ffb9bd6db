using System.Text;

namespace EdgeFilter.Proxy.WireProtocols.Segments;

/// <summary>How a text is wrapped up in a place for media: <c>data:text/plain;base64,</c> and its letters.</summary>
/// <param name="Head">What stands before the data.</param>
/// <param name="IsPercentEncoded">Percent-encoded rather than base64.</param>
/// <param name="IsForUrls">Base64 with the letters for URLs.</param>
/// <param name="IsPadded">Base64 filled up to four.</param>
internal readonly record struct TextCoat(string Head, bool IsPercentEncoded, bool IsForUrls, bool IsPadded)
{
    /// <summary>The encoding of the text below base64; null for UTF-8.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>Wraps another text up in the same way.</summary>
    public string Around(string text)
    {
        if (IsPercentEncoded)
        {
            return Head + Uri.EscapeDataString(text);
        }

        var letters = Convert.ToBase64String((Encoding ?? Encoding.UTF8).GetBytes(text));
        letters = IsForUrls ? letters.Replace('+', '-').Replace('/', '_') : letters;
        return Head + (IsPadded ? letters : letters.TrimEnd('='));
    }
}
