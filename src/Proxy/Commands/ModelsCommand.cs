using System.CommandLine;
using System.Text.Json;
using EdgeFilter.Detection.Classifiers.Models;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>edgefilter models list|verify|encrypt|evaluate|tokenize</c>.</summary>
internal static class ModelsCommand
{
    public static Command Create()
    {
        var folder = ModelsFolder.Option();
        var json = new Option<bool>("--json") { Description = "One JSON object a line." };
        var model = new Argument<string>("model") { Description = "The model's name." };

        var list = new Command("list", "Shows the models, their labels and named thresholds.") { folder, json };
        list.SetAction(parsed => Check(parsed.GetValue(folder), parsed.GetValue(json), load: true, Console.Out, Console.Error));

        var verify = new Command("verify", "Compares every model file with its manifest; exit code 1 when any model is refused.") { folder, json };
        verify.SetAction(parsed => Check(parsed.GetValue(folder), parsed.GetValue(json), load: false, Console.Out, Console.Error));

        var encrypt = new Command(
            "encrypt",
            $"Encrypts a model's files in place with the key from {ModelKey.EnvironmentVariable} or {ModelKey.FileEnvironmentVariable}.") { model, folder };
        encrypt.SetAction(parsed => Encrypt(parsed.GetValue(folder), parsed.GetRequiredValue(model), Console.Out, Console.Error));

        return new Command("models", "The local models: list, verify, encrypt, evaluate, tokenize.") { list, verify, encrypt, ModelEvaluation.Create(folder, json), ModelTokens.Create() };
    }

    /// <returns>0, 1 when a model is refused, 2 when there is no folder or the key is no key.</returns>
    internal static int Check(DirectoryInfo? given, bool json, bool load, TextWriter output, TextWriter errors)
    {
        if (ModelsFolder.Find(given, errors) is not { } folder || !ModelsFolder.TryReadKey(errors, out var key))
        {
            return ModelsFolder.BadUsage;
        }

        using var store = load ? ModelStore.Open(folder, key) : null;
        var entries = store?.Models ?? ModelStore.Verify(folder, key);
        foreach (var entry in entries)
        {
            output.WriteLine(json ? Json(entry) : Line(entry));
        }

        return entries.Any(e => e.Refused is not null) ? ModelsFolder.Finding : ModelsFolder.Fine;
    }

    internal static int Encrypt(DirectoryInfo? given, string model, TextWriter output, TextWriter errors)
    {
        if (ModelsFolder.Find(given, errors) is not { } folder || !ModelsFolder.TryReadKey(errors, out var key))
        {
            return ModelsFolder.BadUsage;
        }

        if (key is null)
        {
            errors.WriteLine($"There is no key. Make one with 'openssl rand -hex 32' and set {ModelKey.EnvironmentVariable} or {ModelKey.FileEnvironmentVariable}.");
            return ModelsFolder.BadUsage;
        }

        using (key)
        {
            try
            {
                ModelStore.Encrypt(folder, model, key);
            }
            catch (ModelException refused)
            {
                errors.WriteLine(refused.Message);
                return refused.Fault is ModelFault.NoManifest or ModelFault.BadManifest ? ModelsFolder.BadUsage : ModelsFolder.Finding;
            }
            catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
            {
                errors.WriteLine("The model's folder can't be written. Check its permissions and the free space.");
                return ModelsFolder.BadUsage;
            }
        }

        output.WriteLine($"{model}: encrypted. Keep the key: without it the model can't be loaded.");
        return ModelsFolder.Fine;
    }

    private static string Line(ModelEntry entry)
    {
        if (entry.Refused is not null)
        {
            return $"{entry.Name}: REFUSED ({entry.Refused.Fault}). {entry.Refused.Message}";
        }

        var manifest = entry.Manifest!;
        var labels = manifest.Labels.Count > 12 ? $"{manifest.Labels.Count} labels" : string.Join(", ", manifest.Labels.Select(Label));
        return $"{entry.Name} {manifest.Version}: {manifest.Title} [{labels}] {manifest.Licence}{(entry.IsEncrypted ? ", encrypted" : "")}";
    }

    private static string Label(ModelLabel label) => label.Thresholds.Count == 0
        ? label.Label
        : $"{label.Label} ({string.Join(", ", label.Thresholds.Select(t => FormattableString.Invariant($"{t.Key} {t.Value.At:0.###}")))})";

    private static string Json(ModelEntry entry) => JsonSerializer.Serialize(new
    {
        model = entry.Name,
        version = entry.Manifest?.Version,
        task = entry.Manifest?.Task.ToString(),
        licence = entry.Manifest?.Licence,
        encrypted = entry.IsEncrypted,
        labels = entry.Manifest?.Labels.ToDictionary(l => l.Label, l => l.Thresholds.ToDictionary(t => t.Key, t => t.Value.At)),
        files = entry.Manifest?.Files.Select(f => new { name = f.Name, sha256 = f.Sha256, bytes = f.Bytes }),
        fault = entry.Refused?.Fault.ToString(),
        message = entry.Refused?.Message,
    });
}
