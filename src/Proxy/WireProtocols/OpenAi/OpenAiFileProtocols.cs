using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.OpenAi;

/// <summary>OpenAI's APIs that take or give files: audio, images, files, batches.</summary>
internal static class OpenAiFileProtocols
{
    private static readonly string[] Speakers = ["openai"];
    private static readonly OpenAiAnswers Answers = new();

    public static WireProtocol Transcriptions { get; } = new(
        "POST /v1/audio/transcriptions", "POST /audio/transcriptions", "POST /v1/audio/translations", "POST /audio/translations")
    {
        Id = "openai.audio.transcriptions",
        Title = "OpenAI audio transcription and translation",
        Families = Speakers,
        Request = FieldMap.Empty,
        Form = OpenAiFormTables.AudioForm,
        TakesJson = false,
        Response = OpenAiFormTables.AudioResponse,
        AnswerKind = AnswerKind.Text,
        Answers = Answers,
    };

    public static WireProtocol Speech { get; } = new("POST /v1/audio/speech", "POST /audio/speech")
    {
        Id = "openai.audio.speech",
        Title = "OpenAI speech",
        Families = Speakers,
        Request = OpenAiFormTables.SpeechRequest,
        Response = OpenAiFormTables.ErrorResponse,
        AnswerKind = AnswerKind.Media,
        Answers = Answers,
    };

    public static WireProtocol ImageEdits { get; } = new("POST /v1/images/edits", "POST /images/edits")
    {
        Id = "openai.images.edits",
        Title = "OpenAI image edits",
        Families = Speakers,
        Request = OpenAiSmallTables.ImageRequest,
        Form = OpenAiFormTables.ImageForm,
        Response = OpenAiSmallTables.ImageResponse,
        Answers = Answers,
    };

    public static WireProtocol ImageVariations { get; } = new("POST /v1/images/variations", "POST /images/variations")
    {
        Id = "openai.images.variations",
        Title = "OpenAI image variations",
        Families = Speakers,
        Request = FieldMap.Empty,
        Form = OpenAiFormTables.ImageForm,
        TakesJson = false,
        Response = OpenAiSmallTables.ImageResponse,
        Answers = Answers,
    };

    public static WireProtocol Upload { get; } = new("POST /v1/files", "POST /files")
    {
        Id = "openai.files.upload",
        Title = "OpenAI files, uploaded",
        Families = Speakers,
        Request = FieldMap.Empty,
        Form = OpenAiFormTables.FileForm,
        TakesJson = false,
        Response = OpenAiFormTables.FileResponse,
        Answers = Answers,
    };

    /// <summary>A file that is sent in parts: begun, and put together. What lies over the border of two parts was seen by nobody.</summary>
    public static WireProtocol Assemble { get; } = new("POST /v1/uploads", "POST /uploads", "POST /v1/uploads/{id}/complete", "POST /uploads/{id}/complete")
    {
        Id = "openai.uploads",
        Title = "OpenAI uploads in parts: begun and completed",
        Families = Speakers,
        Request = OpenAiFormTables.UploadRequest,
        Response = OpenAiFormTables.UploadResponse,
        Answers = Answers,
    };

    public static WireProtocol Part { get; } = new("POST /v1/uploads/{id}/parts", "POST /uploads/{id}/parts")
    {
        Id = "openai.uploads.parts",
        Title = "OpenAI uploads in parts: a part",
        Families = Speakers,
        Request = FieldMap.Empty,
        Form = OpenAiFormTables.PartForm,
        TakesJson = false,
        Response = OpenAiFormTables.UploadResponse,
        Answers = Answers,
    };

    public static WireProtocol CancelUpload { get; } = new("POST /v1/uploads/{id}/cancel", "POST /uploads/{id}/cancel")
    {
        Id = "openai.uploads.cancel",
        Title = "OpenAI uploads in parts: cancelled",
        Families = Speakers,
        Request = FieldMap.Empty,
        Response = OpenAiFormTables.UploadResponse,
        Answers = Answers,
        HasNoRequestBody = true,
    };

    public static WireProtocol Files { get; } = new(
        "GET /v1/files", "GET /files", "GET /v1/files/{id}", "GET /files/{id}", "DELETE /v1/files/{id}", "DELETE /files/{id}")
    {
        Id = "openai.files",
        Title = "OpenAI files, listed",
        Families = Speakers,
        Request = FieldMap.Empty,
        Response = OpenAiFormTables.FileResponse,
        Answers = Answers,
        HasNoRequestBody = true,
    };

    public static WireProtocol Content { get; } = new("GET /v1/files/{id}/content", "GET /files/{id}/content")
    {
        Id = "openai.files.content",
        Title = "OpenAI files, fetched",
        Families = Speakers,
        Request = FieldMap.Empty,
        Response = OpenAiFormTables.ErrorResponse,
        AnswerKind = AnswerKind.File,
        Answers = Answers,
        HasNoRequestBody = true,
    };

    public static WireProtocol Batch { get; } = new("POST /v1/batches", "POST /batches")
    {
        Id = "openai.batches.create",
        Title = "OpenAI batches, created",
        Families = Speakers,
        Request = OpenAiFormTables.BatchRequest,
        Response = OpenAiFormTables.BatchResponse,
        Answers = Answers,
    };

    public static WireProtocol Batches { get; } = new(
        "GET /v1/batches", "GET /batches", "GET /v1/batches/{id}", "GET /batches/{id}", "POST /v1/batches/{id}/cancel", "POST /batches/{id}/cancel")
    {
        Id = "openai.batches",
        Title = "OpenAI batches, listed",
        Families = Speakers,
        Request = FieldMap.Empty,
        Response = OpenAiFormTables.BatchResponse,
        Answers = Answers,
        HasNoRequestBody = true,
    };

    public static IReadOnlyList<WireProtocol> All { get; } =
        [Transcriptions, Speech, ImageEdits, ImageVariations, Upload, Assemble, Part, CancelUpload, Files, Content, Batch, Batches];
}
