using EdgeFilter.Policies.Candidates;
using EdgeFilter.Policies.Lifecycle;
using EdgeFilter.Policies.Validation;
using Microsoft.Extensions.Options;

namespace EdgeFilter.Proxy.Candidates;

internal static class CandidateRegistration
{
    public static void AddCandidates(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<CandidateOptions, CandidateOptionsValidator>().BindConfiguration(CandidateOptions.Section);
        services.AddSingleton(p => new CandidateStore(
            p.GetRequiredService<PolicyStore>(),
            p.GetRequiredService<ValidationScope>(),
            CandidateFiles.Proposal(p.GetRequiredService<PolicyHistory>().Folder),
            p.GetRequiredService<IOptions<CandidateOptions>>().Value.Policies));
        services.AddSingleton(p => CandidateFiles.Report(p.GetRequiredService<PolicyHistory>().Folder));
        services.AddSingleton<CandidateTraffic>();
    }
}

/// <summary>What the state folder holds for candidates.</summary>
internal static class CandidateFiles
{
    public static CandidateFile Proposal(string folder) => new(Path.Combine(folder, "candidate.json"));

    public static CandidateReportFile Report(string folder) => new(Path.Combine(folder, "candidate-report.json"));
}
