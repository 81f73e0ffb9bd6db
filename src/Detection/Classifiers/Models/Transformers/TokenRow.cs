namespace EdgeFilter.Detection.Classifiers.Models.Transformers;

/// <summary>One input of a model: the tokens of a window, with those around it.</summary>
internal sealed class TokenRow
{
    /// <summary>
    /// Inputs are filled up to a multiple of this. It depends on the input alone, and only inputs of one length share a run, so that
    /// who else asks at the same time changes no score.
    /// </summary>
    private const int Step = 16;

    public TokenRow(int[] ids, byte[] types)
    {
        Ids = ids;
        Types = types;
        Length = (ids.Length + Step - 1) / Step * Step;
    }

    public int[] Ids { get; }

    public byte[] Types { get; }

    /// <summary>The length that it is filled up to.</summary>
    public int Length { get; }

    /// <summary>What the graph gave: one number for each label or, of a model that judges tokens, for each label of each token.</summary>
    public float[]? Result { get; set; }

    /// <summary>Set instead of <see cref="Result"/> when the run failed.</summary>
    public ClassifierException? Failure { get; set; }

    public bool IsDone => Result is not null || Failure is not null;
}
