namespace EdgeFilter.Proxy.Bodies.Coding;

/// <summary>Why a coded body is refused.</summary>
internal static class CodingProblems
{
    public static BodyProblem Unsupported(string known) => new(
        "coding.unsupported", $"This content encoding can't be inspected. Send the body with one of: {known}.",
        Status: StatusCodes.Status415UnsupportedMediaType);

    public static BodyProblem SeveralLayers() => new(
        "coding.several-layers", "More than one content encoding was applied to the body; one is the most that is inspected.",
        Status: StatusCodes.Status415UnsupportedMediaType);

    public static BodyProblem Damaged() => new("coding.damaged", "The body is not what its content encoding says, is cut off, or has data behind its end.");

    public static BodyProblem TooLarge() => new(
        "coding.too-large", "The decoded body is larger than what is inspected.", Status: StatusCodes.Status413PayloadTooLarge);

    public static BodyProblem ContentType() => new(
        "type.not-json", "This path takes JSON: send it as application/json.", Status: StatusCodes.Status415UnsupportedMediaType);

    public static BodyProblem Charset() => new(
        "type.charset", "JSON is read as UTF-8 here: send it without a charset, or with charset=utf-8.",
        Status: StatusCodes.Status415UnsupportedMediaType);
}
