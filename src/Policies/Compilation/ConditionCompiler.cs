using System.Collections.Frozen;
using System.Collections.Immutable;
using EdgeFilter.Detection;
using EdgeFilter.Policies.Documents;
using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Policies.Compilation;

/// <summary>From <c>find</c> as written to a condition that can be held against a text.</summary>
/// <param name="scope">The detectors and models that are there.</param>
/// <param name="own">Receives the detectors that policies bring along.</param>
internal sealed class ConditionCompiler(ValidationScope scope, OwnDetectors own)
{
    private const float WithoutNamedThreshold = 0.5f;

    /// <param name="find">Found to be valid.</param>
    /// <param name="rule">The rule that it belongs to.</param>
    /// <param name="policy">The policy that the rule belongs to.</param>
    /// <param name="lineage">The policy and all that it extends: where dictionaries and patterns are looked up.</param>
    public CompiledCondition Compile(FindDocument find, RuleDocument rule, PolicyDocument policy, IReadOnlyList<PolicyDocument> lineage)
    {
        var parts = ImmutableArray.CreateBuilder<CompiledCondition>();
        if (find.Models.Count > 0)
        {
            parts.Add(new ModelCondition(Texts(find.Models)));
        }

        if (find.Tools.Count > 0)
        {
            parts.Add(new ToolCondition { Names = Texts(find.Tools) });
        }

        if (find.Uninspected.Count > 0)
        {
            parts.Add(new PartCondition
            {
                Kinds = find.Uninspected.Select(k => k.Value).ToFrozenSet(),
                Types = Texts(find.MediaTypes),
                ExceptTypes = Texts(find.MediaTypesExcept),
                LargerThan = (long)(find.LargerThan?.Value ?? -1),
            });
        }

        if (find.NamesFindings)
        {
            parts.Add(new FindingCondition { Detectors = DetectorsOf(find, rule, policy, lineage), AtLeast = LevelOf(find), Count = CountOf(find) });
        }

        if (find.Urls is { } urls)
        {
            parts.Add(Addresses(urls, find));
        }

        if (find.LongerThan is { } longer)
        {
            parts.Add(new SizeCondition { AtLeast = (int)longer.Value + 1 });
        }

        if (find.PromptLeak is { } leak)
        {
            parts.Add(new PromptLeakCondition { Words = (int)leak.Value });
        }

        AddModels(find, parts);
        parts.AddRange(find.All.Select(Part));
        if (find.Any.Count > 0)
        {
            parts.Add(new CombinedCondition { Kind = Combination.Any, Parts = [.. find.Any.Select(Part)] });
        }

        if (find.None.Count > 0)
        {
            parts.Add(new CombinedCondition { Kind = Combination.None, Parts = [.. find.None.Select(Part)] });
        }

        return parts.Count == 1 ? parts[0] : new CombinedCondition { Kind = Combination.All, Parts = parts.ToImmutable() };

        CompiledCondition Part(FindDocument part) => Compile(part, rule, policy, lineage);
    }

    private void AddModels(FindDocument find, ImmutableArray<CompiledCondition>.Builder parts)
    {
        if (find.Classifier is { } name)
        {
            var classifier = scope.Classifiers.Find(name.Value)!;
            var label = find.Label is null ? 0 : classifier.Labels.ToList().IndexOf(find.Label.Value);
            var threshold = find.AtLeast?.Value;
            var bar = threshold is { Word: null }
                ? (float)threshold.Number
                : classifier.NamedThreshold(classifier.Labels[label], threshold?.Word ?? "balanced") ?? WithoutNamedThreshold;
            parts.Add(new ClassifierCondition { Classifier = classifier.ForBar(bar), Label = label, AtLeast = bar });
        }

        Add(find.Languages, except: false);
        Add(find.LanguagesExcept, except: true);

        void Add(IReadOnlyList<Written<string>> languages, bool except)
        {
            if (languages.Count > 0)
            {
                var model = scope.Classifiers.Find(ValidationScope.LanguageClassifier)!;
                var labels = model.Labels.ToList();
                parts.Add(new LanguageCondition { Classifier = model, Languages = languages.Select(l => labels.IndexOf(l.Value)).ToFrozenSet(), Except = except });
            }
        }
    }

    private FrozenSet<DetectorInfo> DetectorsOf(FindDocument find, RuleDocument rule, PolicyDocument policy, IReadOnlyList<PolicyDocument> lineage)
    {
        var names = scope.Detectors;
        var detectors = new HashSet<DetectorInfo>();
        foreach (var entity in find.Entities)
        {
            detectors.UnionWith(names.Catalog.OfEntity(entity.Value).Concat(own.OfEntity(lineage, entity.Value)));
        }

        detectors.UnionWith(find.Classes.SelectMany(c => names.OfClass(c.Value)));
        if (find.Countries.Count > 0)
        {
            detectors.RemoveWhere(d => find.Countries.All(c => c.Value != d.Country));
        }

        detectors.UnionWith(find.Detectors.Select(d => names.Catalog.Find(d.Value)!));
        foreach (var secret in find.Secrets)
        {
            detectors.UnionWith(secret.Value == "all" ? names.Secrets : [names.Catalog.Find(secret.Value)!]);
        }

        foreach (var (owner, dictionary) in Named(lineage, p => p.Dictionaries, find.Dictionaries))
        {
            detectors.Add(own.Dictionary(owner, dictionary));
        }

        foreach (var (owner, pattern) in Named(lineage, p => p.Patterns, find.Patterns))
        {
            detectors.Add(own.Pattern(owner, pattern));
        }

        if (find.CanaryTokens.Count > 0)
        {
            detectors.Add(own.Canaries(policy, rule, find.CanaryTokens));
        }

        if (find.InvisibleText is { Value: true })
        {
            detectors.UnionWith(TextOddities.Invisible.SelectMany(names.Catalog.OfEntity));
        }

        if (find.EncodedText is { Value: true })
        {
            detectors.UnionWith(TextOddities.Encoded.SelectMany(names.Catalog.OfEntity));
        }

        return detectors.ToFrozenSet();
    }

    private FindingCondition Addresses(UrlsDocument urls, FindDocument find)
    {
        var forms = urls.As.Count > 0 ? urls.As.Select(a => a.Value) : Enum.GetValues<UrlForm>();
        return new FindingCondition
        {
            Detectors = forms.SelectMany(TextOddities.EntitiesOf).SelectMany(scope.Detectors.Catalog.OfEntity).ToFrozenSet(),
            AtLeast = LevelOf(find),
            Count = CountOf(find),
            Accepts = new UrlTest(Texts(urls.Domains), Texts(urls.ExceptDomains), urls.CarryingData?.Value ?? false),
        };
    }

    private static IEnumerable<(PolicyDocument Owner, Named<T> Value)> Named<T>(
        IReadOnlyList<PolicyDocument> lineage, Func<PolicyDocument, IReadOnlyList<Named<T>>> from, IReadOnlyList<Written<string>> names) =>
        names.SelectMany(name => lineage.SelectMany(p => from(p).Select(v => (p, v))).Where(v => v.v.Name.Value == name.Value).Take(1));

    private static float LevelOf(FindDocument find) => find.AtLeast?.Value.Word switch
    {
        "possible" => 0,
        "certain" => Confidence.CertainFrom,
        _ => Confidence.LikelyFrom,
    };

    private static int CountOf(FindDocument find) => (int)(find.Count?.Value ?? 1);

    private static ImmutableArray<string> Texts(IReadOnlyList<Written<string>> written) => [.. written.Select(w => w.Value)];
}
