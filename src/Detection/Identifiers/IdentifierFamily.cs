using EdgeFilter.Detection.Identifiers.Shapes;
using EdgeFilter.Detection.Patterns;

namespace EdgeFilter.Detection.Identifiers;

/// <summary>Personal, business, payment and device identifiers: everything that <c>Data/identifiers.json</c> describes.</summary>
internal sealed class IdentifierFamily : IDetectorFamily
{
    private readonly Dictionary<string, IdentifierRecord> records;
    private readonly Dictionary<string, IdentifierRule[]> rules = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    public IdentifierFamily()
    {
        using var document = EmbeddedData.Read("identifiers.json");
        var read = document.RootElement.EnumerateArray().Select(IdentifierRecord.Read).ToArray();
        records = read.ToDictionary(r => r.Info.Id, StringComparer.Ordinal);
        Detectors = [.. read.Select(r => r.Info)];
    }

    public IReadOnlyList<DetectorInfo> Detectors { get; }

    public IRecogniser Compile(IReadOnlyCollection<DetectorInfo> wanted)
    {
        IdentifierRule[] compiled;
        lock (gate)
        {
            compiled = [.. wanted.SelectMany(RulesOf)];
        }

        var marked = compiled.Where(r => r.Shape is MarkedShape).ToArray();
        var numbered = compiled.Where(r => r.Shape is not MarkedShape).ToArray();
        var parts = new List<IRecogniser>();
        if (numbered.Length > 0)
        {
            parts.Add(new IdentifierScanner(numbered));
        }

        if (marked.Length > 0)
        {
            parts.Add(new MarkScanner(marked));
        }

        var labelled = wanted.Select(detector => (detector, Value: Readers.LabelledValueOf(records[detector.Id]))).Where(l => l.Value is not null).ToArray();
        if (labelled.Length > 0)
        {
            parts.Add(new LabelledRecogniser([.. labelled.Select(l => (l.detector, l.Value!))]));
        }

        return parts.Count == 1 ? parts[0] : new ManyRecognisers(parts);
    }

    // Patterns learn their states as they are used: rules are shared by all plans.
    private IdentifierRule[] RulesOf(DetectorInfo detector)
    {
        if (!rules.TryGetValue(detector.Id, out var made))
        {
            var record = records[detector.Id];
            made = [.. ShapesOf(record).Select(s => new IdentifierRule(record, s)), .. LooseRuleOf(record), .. RulesBesideWord(record)];
            rules.Add(detector.Id, made);
        }

        return made;
    }

    private static IEnumerable<Shape> ShapesOf(IdentifierRecord record)
    {
        if (record.Reader.Length == 0)
        {
            var ignoreCase = !record.IsCaseSensitive;
            var pattern = LinearPattern.Parse(record.Pattern, ignoreCase);
            var lead = DigitLead.Of(record.Pattern, ignoreCase);
            return [record.Alone[0] == 0 ? new FreeShape(pattern, lead) : new PatternShape(pattern, lead)];
        }

        return Readers.ShapesOf(record);
    }

    // Check digits carry a value through any way of grouping it, once a word says what it is.
    private static IEnumerable<IdentifierRule> LooseRuleOf(IdentifierRecord record)
    {
        if (record.Reader.Length > 0 || record.Info.Strength != DetectorStrength.Checksum || !record.Pattern.Contains(@"\d", StringComparison.Ordinal))
        {
            yield break;
        }

        yield return BesideWord(record, LoosePattern.Of(record.Pattern), record.Near);
    }

    private static IEnumerable<IdentifierRule> RulesBesideWord(IdentifierRecord record) =>
        record.Beside.Select(pattern => BesideWord(record, pattern, Math.Min(record.Near, Confidence.StrictPatternAndContext)));

    private static IdentifierRule BesideWord(IdentifierRecord record, string pattern, float near)
    {
        var ignoreCase = !record.IsCaseSensitive;
        return new IdentifierRule(
            record with { Alone = [0, 0, 0], IsLenient = false, Near = near },
            new FreeShape(LinearPattern.Parse(pattern, ignoreCase), DigitLead.Of(pattern, ignoreCase)));
    }
}
