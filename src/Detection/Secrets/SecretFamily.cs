namespace EdgeFilter.Detection.Secrets;

/// <summary>Keys, tokens, passwords and connection strings: every format of <c>secrets.tsv</c>, all reported as entity <c>SECRET</c>.</summary>
public sealed class SecretFamily : IDetectorFamily
{
    private readonly Dictionary<DetectorInfo, SecretType> types;

    public SecretFamily()
    {
        types = SecretType.ReadAll().ToDictionary(t => t.Info);
        Detectors = [.. types.Keys];
    }

    public IReadOnlyList<DetectorInfo> Detectors { get; }

    public IRecogniser Compile(IReadOnlyCollection<DetectorInfo> wanted) => new SecretRecogniser([.. wanted.Select(d => types[d])]);
}
