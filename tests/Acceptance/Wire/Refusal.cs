using EdgeFilter.Acceptance.Hosting;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>What every refusal has in common.</summary>
internal static class Refusal
{
    /// <summary>Sends, and expects a native error that explains itself, repeats nothing, and left the provider unasked.</summary>
    public static async Task ExpectAsync(ProxyFixture proxy, int status, Func<Task<WireAnswer>> send, string canary, string name = "")
    {
        var before = proxy.Provider.RequestCount;

        var answer = await send();

        Assert.True(status == answer.Status, $"{name} {answer}");
        Assert.Equal("application/json", answer.ContentType);
        Assert.True(answer.ErrorMessage.Length > 10, answer.ToString());
        Assert.DoesNotContain(canary, answer.Text, StringComparison.Ordinal);
        Assert.Equal(before, proxy.Provider.RequestCount);
    }
}
