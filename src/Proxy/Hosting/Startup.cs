using EdgeFilter.Policies.Lifecycle;
using EdgeFilter.Proxy.Configuration;
using Microsoft.Extensions.Options;

namespace EdgeFilter.Proxy.Hosting;

/// <summary>Turns what can go wrong at the start into a sentence and an exit code.</summary>
internal static class Startup
{
    private const int Fine = 0;
    private const int Failed = 2;

    public static async Task<int> GuardAsync(TextWriter errors, Func<Task> run)
    {
        try
        {
            await run();
            return Fine;
        }
        catch (OperationCanceledException)
        {
            return Fine;
        }
        catch (Exception error) when (error is ConfigurationException or PolicyLoadException or OptionsValidationException
            or InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(error.Message);
            for (var inner = error.InnerException; inner is not null; inner = inner.InnerException)
            {
                await errors.WriteLineAsync("  " + inner.Message);
            }

            return Failed;
        }
    }
}
