using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using EdgeFilter.Detection.Catalog;
using EdgeFilter.Detection.Classifiers.Models;
using EdgeFilter.Policies.Combining;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Proxy.Commands;

/// <summary>What the policy commands have in common: where policies and models are, and how problems are shown.</summary>
internal sealed class PolicyAccess
{
    public const int Fine = 0;
    public const int Finding = 1;
    public const int BadUsage = 2;

    private const int Width = 80;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public Argument<string[]> Paths { get; } = new("path")
    {
        Description = "Folders or files of policies. Default: 'policies' here or in a folder above.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Option<bool> AsJson { get; } = new("--json") { Description = "Machine-readable output." };

    public Option<DirectoryInfo?> Models { get; } = ModelsFolder.Option();

    /// <summary>Opens detectors and models, or says why not and gives null.</summary>
    public ValidationScope? OpenScope(ParseResult parsed)
    {
        var errors = parsed.InvocationConfiguration.Error;
        if (!ModelsFolder.TryReadKey(errors, out var key))
        {
            return null;
        }

        // Without models, policies that name one are told so; others need none.
        var given = parsed.GetValue(Models);
        var folder = given is null ? ModelsFolder.Find(null, TextWriter.Null) : ModelsFolder.Find(given, errors);
        if (folder is null && given is not null)
        {
            return null;
        }

        var store = folder is null ? ModelStore.Empty : ModelStore.Open(folder, key, ModelRuntimeOptions.Unhurried);
        return new ValidationScope(BuiltInDetectors.CreateCatalog(store.Families), store);
    }

    /// <summary>Reads the policies that the command line names. Null, with a message, when there is nothing to read.</summary>
    public PolicyReading? Read(ParseResult parsed, ValidationScope scope) =>
        Read(parsed.GetValue(Paths) ?? [], scope, parsed.InvocationConfiguration.Error);

    public static PolicyReading? Read(string[] paths, ValidationScope scope, TextWriter errors)
    {
        if (paths.Length == 0)
        {
            if (Nearest() is not { } folder)
            {
                errors.WriteLine("No 'policies' folder was found. Name a folder or file.");
                return null;
            }

            paths = [folder];
        }

        try
        {
            return new PolicySetReader(scope).Read([.. paths.SelectMany(PolicyFolder.Read)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(e.Message);
            return null;
        }
    }

    /// <summary>Reads policies that must be sound. Null, with the problems on standard error, when they are not.</summary>
    public CompiledSet? ReadSound(ParseResult parsed, ValidationScope scope) =>
        ReadSound(parsed.GetValue(Paths) ?? [], scope, parsed.InvocationConfiguration.Error);

    public static CompiledSet? ReadSound(string[] paths, ValidationScope scope, TextWriter errors)
    {
        if (Read(paths, scope, errors) is not { } reading)
        {
            return null;
        }

        Show(reading.Errors, errors);
        return reading.Set is null ? null : new CompiledSet(reading.Set, scope);
    }

    public static void Show(IEnumerable<PolicyProblem> problems, TextWriter output)
    {
        foreach (var problem in problems)
        {
            output.WriteLine(Console.IsOutputRedirected ? problem.ToString() : Wrap(problem.ToString()));
        }
    }

    public static void ShowJson(object value, TextWriter output) => output.WriteLine(JsonSerializer.Serialize(value, Json));

    public static object ToJson(PolicyProblem problem) => new
    {
        file = problem.At.File,
        line = problem.At.Line,
        column = problem.At.Column,
        code = problem.Kind.Code,
        warning = problem.IsWarning,
        message = problem.Message,
    };

    public static string Fit(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + "…";

    /// <summary>Breaks a line at spaces; what follows is indented.</summary>
    public static string Wrap(string text)
    {
        var lines = new List<string>();
        while (text.Length > Width)
        {
            var cut = text.LastIndexOf(' ', Width);
            if (cut <= 4)
            {
                break;
            }

            lines.Add(text[..cut]);
            text = "    " + text[(cut + 1)..];
        }

        lines.Add(text);
        return string.Join(Environment.NewLine, lines);
    }

    private static string? Nearest()
    {
        foreach (var start in new[] { Environment.CurrentDirectory, AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var policies = Path.Combine(folder.FullName, "policies");
                if (File.Exists(Path.Combine(policies, "baseline.yaml")))
                {
                    return Path.GetRelativePath(Environment.CurrentDirectory, policies);
                }
            }
        }

        return null;
    }
}
