using System.Diagnostics.CodeAnalysis;

namespace EdgeFilter.Proxy.Signing;

/// <summary>Reads a file of AWS credentials: sections in brackets, one <c>name = value</c> a line.</summary>
internal static class AwsCredentialFile
{
    private const long LargestFile = 1 << 20;

    /// <param name="problem">What is wrong with the file; never what is in it.</param>
    public static bool TryRead(string path, string profile, [NotNullWhen(true)] out AwsCredentials? credentials, out string? problem)
    {
        credentials = null;
        string[] lines;
        try
        {
            if (new FileInfo(path).Length > LargestFile)
            {
                problem = "Aws:CredentialsFile: the file is larger than any file of credentials.";
                return false;
            }

            lines = File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problem = $"Aws:CredentialsFile: the file can't be read ({error.GetType().Name}).";
            return false;
        }

        var values = ValuesOf(lines, profile);
        if (values.GetValueOrDefault("aws_access_key_id") is not { Length: > 0 } id || values.GetValueOrDefault("aws_secret_access_key") is not { Length: > 0 } secret)
        {
            problem = $"Aws:CredentialsFile: the file has no aws_access_key_id and aws_secret_access_key for the profile '{profile}'.";
            return false;
        }

        credentials = new AwsCredentials(id, secret, values.GetValueOrDefault("aws_session_token") is { Length: > 0 } token ? token : null);
        problem = null;
        return true;
    }

    private static Dictionary<string, string> ValuesOf(string[] lines, string profile)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var isOurs = false;
        foreach (var line in lines.Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] is not ('#' or ';')))
        {
            if (line[0] == '[')
            {
                isOurs = line.TrimStart('[').TrimEnd(']').Trim() == profile;
            }
            else if (isOurs && line.IndexOf('=', StringComparison.Ordinal) is var equals and > 0)
            {
                values[line[..equals].Trim()] = line[(equals + 1)..].Trim();
            }
        }

        return values;
    }
}
