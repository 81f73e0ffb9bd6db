namespace EdgeFilter.Acceptance.Hosting;

/// <summary>Tests that share a proxy whose providers, of every family, are one that a test scripts.</summary>
[CollectionDefinition(Name)]
public sealed class ScriptedCollection : ICollectionFixture<ScriptedFixture>
{
    public const string Name = "scripted";
}
