namespace EdgeFilter.Proxy.Bodies.Forms;

/// <summary>Why a form is refused: receivers read it in different ways, or it carries bytes that none of its parts shows.</summary>
internal static class FormProblems
{
    public static BodyProblem ContentType() => new(
        "type.not-form", "This path takes a form: send it as multipart/form-data with one boundary and no other parameter.",
        Status: StatusCodes.Status415UnsupportedMediaType);

    public static BodyProblem Preamble() => new("form.preamble", "The form must begin with its first boundary.", 0);

    public static BodyProblem Epilogue(int at) => new("form.epilogue", "There is data behind the form's last boundary.", at);

    public static BodyProblem Delimiter(int at) => new("form.delimiter", "A boundary is not on a line of its own that ends with CR LF.", at);

    public static BodyProblem CutOff(int at) => new("form.cut-off", "The form ends before its last boundary.", at);

    public static BodyProblem Empty() => new("form.empty", "The form has no fields.", 0);

    public static BodyProblem TooManyParts(int at, int limit) =>
        new("form.too-many-parts", $"The form has more than {limit} fields.", at, StatusCodes.Status413PayloadTooLarge);

    public static BodyProblem HeaderTooLong(int at, int limit) => new("form.header-too-long", $"A field's header is longer than {limit} bytes.", at);

    public static BodyProblem Header(int at) => new(
        "form.header", "A field's header can't be read in one way only: plain lines of Content-Disposition, Content-Type and Content-Length are.", at);

    public static BodyProblem Disposition(int at) => new(
        "form.disposition", "A field's Content-Disposition can't be read in one way only: form-data with name, and filename for a file, are.", at);

    public static BodyProblem TransferEncoding(int at) =>
        new("form.transfer-encoding", "A field is encoded for transfer; some receivers decode it and some don't. Send it as it is.", at);

    public static BodyProblem NestedForm(int at) => new("form.nested", "A field is itself made of parts; send one form.", at);

    public static BodyProblem Charset(int at) => new("form.charset", "Fields are read as UTF-8; a field says otherwise.", at);

    public static BodyProblem RepeatedName(int at) => new(
        "form.repeated-name", "Two fields have the same name; receivers disagree on which one counts. Lists are written with names that end in [].", at);

    public static BodyProblem Name(int at) => new("form.name", "A field's name can't be read in one way only.", at);

    public static BodyProblem FileForText(int at) => new("form.file-for-text", "A field that is text is sent as a file.", at);

    public static BodyProblem TextForFile(int at) => new("form.text-for-file", "A field that is a file is sent without a file name.", at);

    public static BodyProblem NotText(int at) => new("form.not-text", "A field that is no file is not valid UTF-8 text.", at);

    public static BodyProblem ChangedShape() => new("form.changed-shape", "The form can't be changed as the policy asks without becoming another form.");
}
