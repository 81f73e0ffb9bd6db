namespace EdgeFilter.Detection.Normalization.Facts;

/// <summary>Recognisers that share nothing but the family they were asked from.</summary>
internal sealed class SeveralRecognisers(IRecogniser[] members) : IRecogniser
{
    public Reach Reach { get; } = members.Aggregate(default(Reach), (reach, r) => reach.Union(r.Reach));

    public void Recognise(in TextWindow window, FindingCollector findings)
    {
        foreach (var member in members)
        {
            member.Recognise(window, findings);
        }
    }
}
