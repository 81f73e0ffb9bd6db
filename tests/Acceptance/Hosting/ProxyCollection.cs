namespace EdgeFilter.Acceptance.Hosting;

/// <summary>Tests that share one running proxy. They run one after another, so that requests can be counted.</summary>
[CollectionDefinition(Name)]
public sealed class ProxyCollection : ICollectionFixture<ProxyFixture>
{
    public const string Name = "proxy";
}
