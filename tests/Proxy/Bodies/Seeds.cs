using FsCheck;
using FsCheck.Fluent;

namespace EdgeFilter.Proxy.Tests.Bodies;

/// <summary>Runs a check over random seeds; a failure names the seed, which repeats it.</summary>
internal static class Seeds
{
    public static void Check(Action<int> check, int count = 1_000) => FsCheck.Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(count),
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), check));
}
