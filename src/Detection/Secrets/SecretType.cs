using System.Globalization;
using EdgeFilter.Detection.Patterns;

namespace EdgeFilter.Detection.Secrets;

/// <summary>What makes a credential's shape mean something.</summary>
internal enum SecretBinding
{
    /// <summary>The literal is part of the token: it identifies itself.</summary>
    Prefix,

    /// <summary>The value has no mark of its own: one of the literals must stand shortly before it.</summary>
    Keyword,

    /// <summary>The whole shape is the evidence: URLs with passwords, headers, key files.</summary>
    Structure,
}

/// <summary>One credential format of <c>secrets.tsv</c>.</summary>
internal sealed class SecretType
{
    private readonly Lazy<LinearPattern> pattern;

    private SecretType(string[] fields)
    {
        Info = new DetectorInfo
        {
            Id = fields[0], Entity = "SECRET", Name = $"{fields[1]}: {fields[2]}", Category = $"secret/{fields[3]}",
            Strength = fields[7].Length > 0 ? DetectorStrength.Checksum : DetectorStrength.Structure,
            Specificity = fields[5] == "prefix" ? 20 : IsAssignment(fields[0]) ? 1 : 10,
            Source = fields[10],
        };
        IsLowSeverity = fields[4] == "low";
        Binding = Enum.Parse<SecretBinding>(fields[5], ignoreCase: true);
        MinEntropy = float.Parse(fields[6], CultureInfo.InvariantCulture);
        Checksum = fields[7];
        Literals = fields[8].Split(' ');
        IsGeneric = IsAssignment(fields[0]);
        IsHeader = fields[0] is "bearer-header" or "basic-header";
        HasDigits = fields[9].Contains("0-9", StringComparison.Ordinal) || fields[9].Contains("\\d", StringComparison.Ordinal) || fields[9].Contains("2-7", StringComparison.Ordinal);
        IsPem = fields[0] == "pem-private-key";
        var source = fields[9];
        var node = PatternParser.Parse(source, ignoreCase: false).Node;
        IsDense = node.IsPrintable && node.MinLength >= DenseRuns.MinLength;
        pattern = new(() => LinearPattern.Parse(source, unboundedLength: 2_048));
    }

    public DetectorInfo Info { get; }

    public SecretBinding Binding { get; }

    public IReadOnlyList<string> LiteralList => Literals;

    /// <summary>Shannon entropy that the value must reach, in bits per character.</summary>
    public float MinEntropy { get; }

    /// <summary>The check that settles the matter; empty without one.</summary>
    public string Checksum { get; }

    /// <summary>An identifier that travels with a secret, not one by itself.</summary>
    public bool IsLowSeverity { get; }

    /// <summary>An assignment to something called a password or key, of no known provider.</summary>
    public bool IsGeneric { get; }

    /// <summary>A header: its last word is the secret.</summary>
    public bool IsHeader { get; }

    /// <summary>True when a finding begins behind the beginning of what matches: the label is not part of the secret.</summary>
    public bool ReportsValueAlone => IsGeneric || IsHeader;

    public bool IsPem { get; }

    /// <summary>True when a random value of the format nearly always has a digit.</summary>
    public bool HasDigits { get; }

    /// <summary>True when every value is, or is part of, one of the <see cref="DenseRuns"/>.</summary>
    public bool IsDense { get; }

    public LinearPattern Pattern => pattern.Value;

    internal string[] Literals { get; }

    public static IReadOnlyList<SecretType> ReadAll()
    {
        using var stream = typeof(SecretType).Assembly.GetManifestResourceStream("secrets.tsv")
            ?? throw new InvalidOperationException("secrets.tsv is not embedded.");
        using var reader = new StreamReader(stream);
        var types = new List<SecretType>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                types.Add(new SecretType(line.Split('\t')));
            }
        }

        return types;
    }

    private static bool IsAssignment(string id) => id is "generic-password" or "generic-secret" or "env-file";

    public override string ToString() => Info.Id;
}
