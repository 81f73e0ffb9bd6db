namespace EdgeFilter.Testing;

/// <summary>A way to write a text so that a person or a model still reads it, and a naive filter does not.</summary>
/// <param name="Name">Lower-case words with hyphens; stable, for tables of results.</param>
/// <param name="Apply">Disguises a text. Deterministic.</param>
public sealed record Evasion(string Name, Func<string, string> Apply)
{
    public override string ToString() => Name;
}
