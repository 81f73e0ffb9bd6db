namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>How much of the models a busy machine can afford.</summary>
public enum GovernorLevel
{
    /// <summary>Everything runs.</summary>
    Everything,

    /// <summary>Second stages are skipped; a record names the stage that answered.</summary>
    FirstStages,

    /// <summary>Large models refuse, and what a policy says for a failed detector applies.</summary>
    Nothing,
}
