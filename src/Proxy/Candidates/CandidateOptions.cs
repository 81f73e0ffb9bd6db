using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EdgeFilter.Proxy.Candidates;

/// <summary>Which candidate runs beside the policies in force, and on how much of the traffic.</summary>
internal sealed class CandidateOptions
{
    public const string Section = "Candidate";

    /// <summary>A folder that stands for all policies, or a file that changes some. A proposal made later takes its place.</summary>
    public string Policies { get; set; } = "";

    /// <summary>The share of exchanges that a candidate sees.</summary>
    /// <value>0 to 1. The default is 0.1.</value>
    [Range(0.0, 1.0)]
    public double Share { get; set; } = 0.1;

    /// <summary>The share of one processor core that it may use over time; what doesn't fit is skipped and counted.</summary>
    /// <value>0.001 to 1. The default is 0.1.</value>
    [Range(0.001, 1.0)]
    public double CpuShare { get; set; } = 0.1;

    /// <summary>Text that may wait in memory for a candidate.</summary>
    /// <value>UTF-16 code units, 65,536 to 256 Mi. The default is 4 Mi.</value>
    [Range(65_536, 256 * 1_024 * 1_024)]
    public int QueuedCharacters { get; set; } = 4 * 1_024 * 1_024;
}

[OptionsValidator]
internal sealed partial class CandidateOptionsValidator : IValidateOptions<CandidateOptions>;
