namespace EdgeFilter.Detection.Identifiers;

/// <summary>Several recognisers as one.</summary>
internal sealed class ManyRecognisers(IReadOnlyList<IRecogniser> parts) : IRecogniser
{
    public Reach Reach { get; } = parts.Aggregate(default(Reach), (reach, part) => reach.Union(part.Reach));

    public void Recognise(in TextWindow window, FindingCollector findings)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            parts[i].Recognise(window, findings);
        }
    }
}
