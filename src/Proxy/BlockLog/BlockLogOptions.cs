using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Where decisions are kept and what happens when they can't be.</summary>
internal sealed class BlockLogOptions
{
    public const string Section = "BlockLog";

    /// <summary>The SQLite file. Its folder is created, and holds the keys unless <see cref="KeyFolder"/> says otherwise.</summary>
    /// <value>The default is <c>data/block-log.db</c>.</value>
    [Required]
    public string Path { get; set; } = System.IO.Path.Combine("data", "block-log.db");

    /// <summary>PostgreSQL connection string; when given, <see cref="Path"/> isn't used.</summary>
    public string? Postgres { get; set; }

    /// <summary>Folder of the fingerprint key and the signing key.</summary>
    /// <value>The default is <c>keys</c> beside the log.</value>
    public string? KeyFolder { get; set; }

    /// <summary>Public key of the security team, in PEM: what policies keep as evidence is sealed to it.</summary>
    /// <value>The default is none: then no evidence is kept, whatever policies ask for.</value>
    public string? EvidenceKey { get; set; }

    /// <summary>
    /// File that takes records while the log can't be written. Without it, an exchange whose decision can't be recorded is refused.
    /// </summary>
    /// <value>The default is none. Put it on another volume than the log's.</value>
    public string? SpoolPath { get; set; }

    /// <summary>Size at which the spool refuses more.</summary>
    /// <value>Bytes, 64 KiB to 1 GiB. The default is 256 MiB.</value>
    [Range(64 * 1024, 1024L * 1024 * 1024)]
    public long SpoolMaxBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>Records that may wait for the writer; beyond it, appending waits.</summary>
    /// <value>64 to 1,000,000. The default is 8,192.</value>
    [Range(64, 1_000_000)]
    public int QueueLength { get; set; } = 8_192;

    /// <summary>Records written per commit at most.</summary>
    /// <value>1 to 65,536. The default is 4,096.</value>
    [Range(1, 65_536)]
    public int GroupSize { get; set; } = 4_096;

    /// <summary>A signed checkpoint is made after this many records.</summary>
    /// <value>1 to 1,000,000. The default is 1,000.</value>
    [Range(1, 1_000_000)]
    public int CheckpointEvery { get; set; } = 1_000;

    /// <summary>A signed checkpoint is made this long after a record that none covers yet.</summary>
    /// <value>The default is one minute.</value>
    public TimeSpan CheckpointAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long records are kept; older ones are removed in whole index blocks.</summary>
    /// <value>The default is no limit.</value>
    public TimeSpan? KeepFor { get; set; }

    /// <summary>Size beyond which the oldest records are removed, in whole index blocks of some 20 MB.</summary>
    /// <value>Bytes, 64 MiB or more. The default is no limit.</value>
    [Range(64L * 1024 * 1024, long.MaxValue)]
    public long? KeepBytes { get; set; }

    /// <summary>Regions whose records are kept for a shorter time: their bodies are erased then, and the chain still holds.</summary>
    /// <value>Region to time. The default is none.</value>
    public IDictionary<string, TimeSpan> KeepRegions { get; } = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);

    /// <summary>Where the log is shipped to, from within the proxy.</summary>
    /// <value>The default is nowhere.</value>
    public IList<ShipOptions> Ship { get; } = [];

    public string EffectiveKeyFolder =>
        KeyFolder ?? System.IO.Path.Combine(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path)) ?? ".", "keys");
}

/// <summary>A receiver of the log.</summary>
internal sealed class ShipOptions
{
    /// <summary>As <c>log ship --to</c> takes it.</summary>
    public string To { get; set; } = "";

    /// <summary>How records are written for webhooks and syslog.</summary>
    /// <value>The default is JSON lines.</value>
    public RecordFormat Format { get; set; }

    /// <summary>File that remembers how far the log was shipped.</summary>
    /// <value>The default is one beside the keys, named for the receiver's host.</value>
    public string? Cursor { get; set; }
}

[OptionsValidator]
internal sealed partial class BlockLogOptionsValidator : IValidateOptions<BlockLogOptions>;
