namespace EdgeFilter.Proxy.Bodies;

/// <summary>Why a body can't be inspected, and so isn't sent on. Says what and where, never what it contains.</summary>
/// <param name="Code">Stable, for logs and tests: <c>json.duplicate-name</c>.</param>
/// <param name="Message">One sentence for whoever sent it.</param>
/// <param name="Offset">Byte offset in the decoded body, or -1.</param>
/// <param name="Status">The HTTP status that fits when a client sent it.</param>
internal sealed record BodyProblem(string Code, string Message, int Offset = -1, int Status = StatusCodes.Status400BadRequest)
{
    public override string ToString() => Offset < 0 ? $"{Code}: {Message}" : $"{Code}: {Message} (byte {Offset})";

    public static BodyProblem InvalidUtf8(int at) => new("json.invalid-utf8", "The body is not valid UTF-8.", at);

    public static BodyProblem ByteOrderMark() => new("json.byte-order-mark", "The body begins with a byte order mark; send plain UTF-8.", 0);

    public static BodyProblem Empty() => new("json.empty", "The body is empty; a JSON value is expected.", 0);

    public static BodyProblem Syntax(int at) => new("json.syntax", "The body is not valid JSON.", at);

    public static BodyProblem TrailingData(int at) => new("json.trailing-data", "There is data behind the JSON value.", at);

    public static BodyProblem LoneSurrogate(int at) =>
        new("json.lone-surrogate", "An escape names half of a surrogate pair; readers disagree on what it means.", at);

    public static BodyProblem DuplicateName(int at) =>
        new("json.duplicate-name", "An object has two members of the same name; readers disagree on which one counts.", at);

    public static BodyProblem NameCase(int at) =>
        new("json.name-case", "A member's name differs from a known one, or from another one, only in upper and lower case.", at);

    public static BodyProblem TooDeep(int at, int limit) =>
        new("json.too-deep", $"Objects and arrays are nested more than {limit} deep.", at);

    public static BodyProblem TooManyValues(int at) =>
        new("json.too-many-values", "The body has more values than can be inspected.", at, StatusCodes.Status413PayloadTooLarge);

    public static BodyProblem NameTooLong(int at, int limit) =>
        new("json.name-too-long", $"A member's name is longer than {limit} bytes.", at);

    public static BodyProblem NumberTooLong(int at, int limit) =>
        new("json.number-too-long", $"A number is longer than {limit} bytes.", at);
}
