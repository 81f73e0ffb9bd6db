using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Puts the block log into the host's services.</summary>
internal static class BlockLogRegistration
{
    /// <summary>Adds <see cref="IBlockLog"/> and <see cref="FingerprintKey"/>, configured by the section <c>BlockLog</c>.</summary>
    public static IServiceCollection AddBlockLog(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<BlockLogOptions, BlockLogOptionsValidator>().BindConfiguration(BlockLogOptions.Section)
            .Validate(options => options.Ship.All(to => ShipTargets.IsAddress(to.To, out _)), $"BlockLog:Ship: each To is {ShipTargets.Forms}.");
        services.AddHostedService<ShippingService>();
        services.AddSingleton(provider =>
            FingerprintKey.Load(provider.GetRequiredService<IOptions<BlockLogOptions>>().Value.EffectiveKeyFolder));
        services.AddSingleton(provider => EvidenceSealer.Load(provider.GetRequiredService<IOptions<BlockLogOptions>>().Value.EvidenceKey));
        services.AddSingleton<IRecordStore>(provider => CreateStore(
            provider.GetRequiredService<IOptions<BlockLogOptions>>().Value,
            provider.GetService<TimeProvider>() ?? TimeProvider.System));
        services.AddSingleton<BlockLogWriter>(provider => new BlockLogWriter(
            provider.GetRequiredService<IRecordStore>(),
            provider.GetRequiredService<IOptions<BlockLogOptions>>(),
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            provider.GetRequiredService<ILogger<BlockLogWriter>>()));
        services.AddSingleton<IBlockLog>(provider => provider.GetRequiredService<BlockLogWriter>());
        services.AddSingleton(provider => CreateReaders(provider.GetRequiredService<IOptions<BlockLogOptions>>().Value));
        return services;
    }

    internal static BlockLogReaders CreateReaders(BlockLogOptions options) => options.Postgres is { Length: > 0 } postgres
        ? new(() => new PostgresBlockLogReader(postgres), PostgresFaults.Classify)
        : new(() => new SqliteBlockLogReader(options.Path), problem => SqliteFaults.Classify(problem, options.Path));

    /// <summary>A reader of its own, which the caller disposes of.</summary>
    internal static IBlockLogReader OpenReader(BlockLogOptions options) =>
        options.Postgres is { Length: > 0 } postgres ? new PostgresBlockLogReader(postgres) : new SqliteBlockLogReader(options.Path);

    internal static IRecordStore CreateStore(BlockLogOptions options, TimeProvider time)
    {
        return options.Postgres is { Length: > 0 } postgres
            ? new PostgresRecordStore(postgres, LoadSigner, options.CheckpointEvery, time)
            : new SqliteRecordStore(options.Path, LoadSigner, options.CheckpointEvery, time);

        CheckpointSigner LoadSigner() => CheckpointSigner.Load(options.EffectiveKeyFolder);
    }
}
