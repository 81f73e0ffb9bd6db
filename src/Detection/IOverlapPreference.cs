namespace EdgeFilter.Detection;

/// <summary>
/// What those who act on findings say of overlaps: whether a finding that covers another one, and is at least as certain, may make
/// it superfluous. Asked for different detectors alone. Must be deterministic, fast and safe for concurrent use.
/// </summary>
public interface IOverlapPreference
{
    /// <summary>True when nothing is lost by acting on <paramref name="other"/> alone.</summary>
    bool MayReplace(in Finding other, in Finding finding);
}
