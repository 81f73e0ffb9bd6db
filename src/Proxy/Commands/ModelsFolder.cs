using System.CommandLine;
using EdgeFilter.Detection.Classifiers.Models;

namespace EdgeFilter.Proxy.Commands;

/// <summary>Where the commands find models, and with which key: what they have in common.</summary>
internal static class ModelsFolder
{
    public const int Fine = 0;
    public const int Finding = 1;
    public const int BadUsage = 2;

    public static Option<DirectoryInfo?> Option() => new("--models")
    {
        Description = "The folder of the models. Default: 'models' beside the program or in a folder above the current one.",
    };

    /// <summary>Opens the folder, or says on standard error why not and gives null.</summary>
    public static string? Find(DirectoryInfo? given, TextWriter errors)
    {
        var folder = given?.FullName ?? Nearest(Environment.CurrentDirectory) ?? Nearest(AppContext.BaseDirectory);
        if (folder is not null && Directory.Exists(folder))
        {
            return folder;
        }

        errors.WriteLine(given is null ? "No 'models' folder was found. Name one with --models." : "The folder that --models names does not exist.");
        return null;
    }

    /// <summary>The key that the environment names. False, with a message, where it names something else.</summary>
    public static bool TryReadKey(TextWriter errors, out ModelKey? key)
    {
        key = null;
        try
        {
            key = ModelKey.FromEnvironment();
            return true;
        }
        catch (FormatException wrong)
        {
            errors.WriteLine(wrong.Message);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(Environment.GetEnvironmentVariable(ModelKey.FileEnvironmentVariable) is { Length: > 0 } ? $"The file that {ModelKey.FileEnvironmentVariable} names can't be read." : failed.Message);
        }

        return false;
    }

    private static string? Nearest(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            var models = Path.Combine(folder.FullName, "models");
            if (Directory.Exists(models) && Directory.EnumerateFiles(models, "manifest.yaml", SearchOption.AllDirectories).Any())
            {
                return models;
            }
        }

        return null;
    }
}
