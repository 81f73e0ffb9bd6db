using System.Text.Json.Serialization;

namespace EdgeFilter.Policies.Lifecycle;

/// <summary>
/// Somebody's wish that a kept version be in force instead of the folder. The last act counts: the choice holds until the folder's
/// files change.
/// </summary>
/// <param name="Digest">The version.</param>
/// <param name="Origin">A promotion or a rollback.</param>
/// <param name="Who">Who chose.</param>
/// <param name="At">When.</param>
/// <param name="FolderStamp">What the folder held then; empty when it is not known: then what it holds when the choice is first seen.</param>
public sealed record PolicyChoice(string Digest, PolicyOrigin Origin, string Who, DateTimeOffset At, string FolderStamp)
{
    [JsonIgnore]
    internal bool IsSane => Digest is { Length: 64 } && Digest.All(char.IsAsciiHexDigitLower) && Who is not null && FolderStamp is not null
        && Origin is PolicyOrigin.Promotion or PolicyOrigin.Rollback;
}
