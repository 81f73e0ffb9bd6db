using EdgeFilter.Detection.Catalog;
using EdgeFilter.Detection.Classifiers;
using EdgeFilter.Detection.Classifiers.Models;
using EdgeFilter.Policies.Lifecycle;
using EdgeFilter.Policies.Validation;
using EdgeFilter.Proxy.Hosting;
using EdgeFilter.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace EdgeFilter.Proxy.Tests.Hosting;

public sealed class ModelsInForceTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("edgefilter-models-in-force-");
    private readonly string config;

    public ModelsInForceTests()
    {
        var source = Repository.PathOf("tests", "Detection", "Classifiers", "Transformers", "models", "bert");
        var model = folder.CreateSubdirectory("models").CreateSubdirectory("bert");
        foreach (var file in Directory.EnumerateFiles(source))
        {
            File.Copy(file, Path.Combine(model.FullName, Path.GetFileName(file)));
        }

        config = Path.Combine(model.FullName, "config.json");
        File.WriteAllText(Path.Combine(folder.CreateSubdirectory("policies").FullName, "p.yaml"), """
            policy: p
            version: 1.0.0
            title: A test
            rules:
              - id: attack
                in: [prompt]
                find: { classifier: bert, label: attack, at-least: 0.9 }
                then: block
            """);
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Reload_SoundModels_AreExchangedAndTheOldOnesReleased()
    {
        using var models = new ModelsInForce(Path.Combine(folder.FullName, "models"), ModelRuntimeOptions.Default, NullLoggerFactory.Instance, TimeSpan.Zero);
        using var policies = Policies(models);
        var (store, rules) = (models.Current, policies.Current);
        var classifier = store.Find("bert")!;

        File.WriteAllText(config, File.ReadAllText(config).Replace("harmless", "quiet", StringComparison.Ordinal));
        Assert.True(models.Reload(policies));

        Assert.NotSame(store, models.Current);
        Assert.NotSame(rules, policies.Current);
        Assert.Equal(["quiet", "attack"], models.Current.Find("bert")!.Labels);
        Assert.True(SpinWait.SpinUntil(() => IsReleased(classifier), Eventually.Patience));
        Assert.False(IsReleased(models.Current.Find("bert")!));
    }

    [Theory]
    [InlineData("attack", "other")]
    [InlineData("id2label", "id3label")]
    public void Reload_ModelsThatPoliciesCantDoWith_ChangeNothing(string from, string to)
    {
        using var models = new ModelsInForce(Path.Combine(folder.FullName, "models"), ModelRuntimeOptions.Default, NullLoggerFactory.Instance, TimeSpan.Zero);
        using var policies = Policies(models);
        var (store, rules) = (models.Current, policies.Current);

        File.WriteAllText(config, File.ReadAllText(config).Replace(from, to, StringComparison.Ordinal));
        Assert.False(models.Reload(policies));

        Assert.Same(store, models.Current);
        Assert.Same(rules, policies.Current);
        Assert.False(IsReleased(store.Find("bert")!));
        Assert.NotEmpty(policies.Status.Problems);

        // The folder of policies is still read with the models from before.
        Assert.True(policies.Reload().IsApplied);
    }

    [Fact]
    public void Watch_FilesThatChange_AreReadOnceTheyHoldStill()
    {
        using var models = new ModelsInForce(Path.Combine(folder.FullName, "models"), ModelRuntimeOptions.Default, NullLoggerFactory.Instance);
        using var policies = Policies(models);
        models.Watch(policies);

        File.WriteAllText(config, File.ReadAllText(config).Replace("harmless", "still-quiet", StringComparison.Ordinal));

        Assert.True(SpinWait.SpinUntil(() => models.Current.Find("bert")!.Labels[0] == "still-quiet", Eventually.Patience));
    }

    private PolicyStore Policies(ModelsInForce models)
    {
        var policies = new PolicyStore(Path.Combine(folder.FullName, "policies"), new ValidationScope(BuiltInDetectors.CreateCatalog(models.Current.Families), models.Current));
        policies.Load();
        return policies;
    }

    private static bool IsReleased(ITextClassifier classifier)
    {
        try
        {
            classifier.Score(Guid.NewGuid().ToString(), new float[classifier.Labels.Count]);
            return false;
        }
        catch (ClassifierException)
        {
            return true;
        }
    }
}
