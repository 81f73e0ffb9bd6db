using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols;

/// <summary>Files: in forms, and as whole bodies.</summary>
internal static class FileTable
{
    /// <summary>A stored file that is one text. Who wrote it is not known.</summary>
    public static FieldMap Document { get; } = FieldMap.Parse(". text retrieved");

    /// <summary>The lines of a form's table for a field that is a file.</summary>
    /// <param name="name">The field.</param>
    /// <param name="holds">What it is meant to hold: <c>image</c>.</param>
    /// <param name="text">What a file of text carries there: <c>text retrieved</c>, <c>lines</c>.</param>
    public static string Lines(string name, string holds, string text = "text retrieved") => $"""
        {name}.filename   text metadata
        {name}.filename*  opaque -- the file's name where it stands twice, or without quotes
        {name}.type       opaque -- the file's media type
        {name}.text       {text}
        {name}.data       media {holds}
        """;
}
