using EdgeFilter.Policies.Documents;
using EdgeFilter.Policies.Validation;
using FluentValidation;

namespace EdgeFilter.Policies.Combining;

/// <summary>From files to a sound set of policies, or to everything that is wrong with them.</summary>
public sealed class PolicySetReader
{
    private readonly ValidationScope scope;
    private readonly PolicyValidator policyValidator;
    private readonly AppliesToValidator appliesToValidator = new();
    private readonly TestValidator testValidator = new();

    public PolicySetReader(ValidationScope scope)
    {
        this.scope = scope;
        policyValidator = new PolicyValidator(scope);
    }

    /// <summary>Reads and checks files together. Never throws over what is in them.</summary>
    public PolicyReading Read(IReadOnlyList<SourceFile> sources)
    {
        var problems = new ProblemList();
        var files = ReadFiles(sources, problems);
        var policies = Unique(files.Select(f => f.Policy), p => p.Name, "policy", problems);
        var waivers = Unique(files.Select(f => f.Waiver), w => w.Name, "waiver", problems);
        var tests = files.Select(f => f.Tests).OfType<TestsDocument>().ToArray();
        var known = policies.Where(p => p.Name is not null).ToDictionary(p => p.Name!.Value, StringComparer.Ordinal);
        var set = new SetValidator(known, problems);
        var meanings = new IReadOnlyList<PolicyProblem>[policies.Count];
        Parallel.For(0, policies.Count, i =>
            meanings[i] = [.. policyValidator.ProblemsOf(policies[i], VisibleNames.Of(Lineage.Of(policies[i], known)))]);
        for (var i = 0; i < policies.Count; i++)
        {
            set.Check(policies[i]);
            problems.AddRange(meanings[i]);
        }

        set.CheckUse();
        foreach (var waiver in waivers)
        {
            set.Check(waiver);
            CheckWaiver(waiver, problems);
        }

        foreach (var file in tests)
        {
            CheckTests(file, known, problems);
        }

        if (!problems.HasErrors && known.Count == 0)
        {
            problems.Add(SetProblems.NoPolicies, new SourcePlace(sources.Count > 0 ? sources[0].Path : "policies", 1, 1), "there is no policy here, so nothing would be protected.");
        }

        return new PolicyReading(problems.HasErrors ? null : new PolicySet(known.Values, waivers, tests), problems.InFileOrder());
    }

    private static PolicyFile[] ReadFiles(IReadOnlyList<SourceFile> sources, ProblemList problems)
    {
        var files = new PolicyFile[sources.Count];
        var found = new ProblemList[sources.Count];
        Parallel.For(0, sources.Count, i =>
        {
            found[i] = new ProblemList();
            files[i] = sources[i].Bytes is { } bytes
                ? DocumentReader.Read(bytes.Span, sources[i].Path, found[i])
                : new PolicyFile(sources[i].Path);
            if (sources[i].Bytes is null)
            {
                found[i].Add(ProblemKinds.Unreadable, new SourcePlace(sources[i].Path, 1, 1), $"the file can't be read: {sources[i].Failure}");
            }
        });
        foreach (var list in found)
        {
            problems.AddRange(list.InFileOrder());
        }

        return files;
    }

    private static List<T> Unique<T>(IEnumerable<T?> documents, Func<T, Written<string>?> nameOf, string what, ProblemList problems)
        where T : class
    {
        var seen = new Dictionary<string, SourcePlace>(StringComparer.Ordinal);
        var unique = new List<T>();
        foreach (var document in documents.OfType<T>().OrderBy(d => nameOf(d)?.At ?? default))
        {
            var name = nameOf(document);
            if (name is null || seen.TryAdd(name.Value, name.At))
            {
                unique.Add(document);
            }
            else
            {
                problems.Add(SetProblems.DuplicatePolicy, name.At, $"{what} '{name.Value}' is already defined at {seen[name.Value]}; choose another name.");
            }
        }

        return unique;
    }

    private void CheckWaiver(WaiverDocument waiver, ProblemList problems)
    {
        if (waiver.Expires is { } far && far.Value > scope.Today.AddYears(2))
        {
            problems.Add(MeaningProblems.FarAway, far.At, $"this waiver would hold until {far.Value:yyyy-MM-dd}; write a day within two years, and look at it again then.");
        }

        if (waiver.Expires is { } expires && expires.Value <= scope.Today)
        {
            problems.Add(MeaningProblems.Expired, expires.At, $"this waiver expired on {expires.Value:yyyy-MM-dd} and no longer holds; remove it, or renew it after a review.");
        }

        if (waiver.AppliesTo is { } appliesTo)
        {
            if (appliesTo.OnlyWhenExtended)
            {
                problems.Add(MeaningProblems.NeverApplies, appliesTo.At, "nothing extends a waiver; write whom it applies to, as in { tenants: [acme] }.");
            }

            problems.AddRange(appliesToValidator.ProblemsOf(appliesTo, VisibleNames.Of([])));
        }
    }

    private void CheckTests(TestsDocument file, Dictionary<string, PolicyDocument> known, ProblemList problems)
    {
        if (file.Policy is not { } name)
        {
            return;
        }

        if (!known.TryGetValue(name.Value, out var policy))
        {
            problems.Add(SetProblems.UnknownPolicy, name.At, $"policy '{name.Value}' is not loaded.{NearestName.Hint(name.Value, known.Keys)}");
            return;
        }

        // Under a context other policies join in, and their rules may be expected too.
        var visible = VisibleNames.Of(file.Context is null ? Lineage.Of(policy, known) : known.Values);
        foreach (var test in file.Tests)
        {
            problems.AddRange(testValidator.ProblemsOf(test, visible));
        }

        if (file.Context?.Region is { } region && !Selection.Regions.IsKnown(region.Value))
        {
            problems.Add(MeaningProblems.UnknownRegion, region.At, $"'{region.Value}' is not a region.{NearestName.Hint(region.Value, Selection.Regions.Known)}");
        }
    }
}

/// <summary>What came of reading files.</summary>
/// <param name="Set">The sound set; null when there are errors.</param>
/// <param name="Problems">Errors and warnings, in the order of the files.</param>
public sealed record PolicyReading(PolicySet? Set, IReadOnlyList<PolicyProblem> Problems)
{
    public IEnumerable<PolicyProblem> Errors => Problems.Where(p => !p.IsWarning);
}
