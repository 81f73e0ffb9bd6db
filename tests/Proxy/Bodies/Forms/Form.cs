using System.Text;

namespace EdgeFilter.Proxy.Tests.Bodies.Forms;

/// <summary>Writes forms, right and wrong.</summary>
internal static class Form
{
    public const string Boundary = "----formdata-undici-035123456789";

    public static byte[] Of(params string[] parts) => Raw(string.Concat(parts.Select(p => $"--{Boundary}\r\n{p}\r\n")) + $"--{Boundary}--\r\n");

    public static byte[] Raw(string form) => Encoding.UTF8.GetBytes(form);

    public static string Field(string name, string value) => $"Content-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}";

    public static string File(string name, string fileName, string content, string type = "application/octet-stream") =>
        $"Content-Disposition: form-data; name=\"{name}\"; filename=\"{fileName}\"\r\nContent-Type: {type}\r\n\r\n{content}";
}
