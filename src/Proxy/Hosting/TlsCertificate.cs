using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeFilter.Proxy.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace EdgeFilter.Proxy.Hosting;

/// <summary>
/// The certificate of addresses that begin with <c>https</c>: PEM files, read again when they change, as renewed certificates do. A
/// file that can't be read leaves the last certificate in force.
/// </summary>
internal sealed class TlsCertificate
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private readonly Lock reading = new();
    private readonly string file;
    private readonly string keyFile;
    private readonly TimeProvider clock;
    private SslStreamCertificateContext current;
    private DateTime changedAt;
    private long lookedAt;

    private TlsCertificate(string file, string keyFile, TimeProvider clock)
    {
        this.file = file;
        this.keyFile = keyFile;
        this.clock = clock;
        (current, changedAt) = (Read(), ChangedAt());
        lookedAt = clock.GetTimestamp();
    }

    /// <summary>Reads the certificate that the options name; null when they name none.</summary>
    /// <exception cref="ConfigurationException">It can't be read.</exception>
    public static TlsCertificate? From(ProxyOptions options, TimeProvider clock)
    {
        if (options.CertificateFile.Length == 0)
        {
            return null;
        }

        try
        {
            return new TlsCertificate(options.CertificateFile, options.CertificateKeyFile.Length > 0 ? options.CertificateKeyFile : options.CertificateFile, clock);
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            throw new ConfigurationException([$"Proxy:CertificateFile: a PEM certificate and its key are needed in {options.CertificateFile} and CertificateKeyFile ({error.GetType().Name})."]);
        }
    }

    /// <summary>Uses it for every address with TLS.</summary>
    public void Use(HttpsConnectionAdapterOptions https)
    {
        https.ServerCertificateSelector = (_, _) => Current.TargetCertificate;
        https.OnAuthenticate = (_, handshake) =>
        {
            // With the intermediates of the file, which a selected certificate alone would leave out.
            handshake.ServerCertificateSelectionCallback = null;
            handshake.ServerCertificateContext = Current;
        };
    }

    private SslStreamCertificateContext Current
    {
        get
        {
            lock (reading)
            {
                if (clock.GetElapsedTime(lookedAt) >= LookEvery)
                {
                    lookedAt = clock.GetTimestamp();
                    TryRenew();
                }

                return current;
            }
        }
    }

    private void TryRenew()
    {
        try
        {
            var changed = ChangedAt();
            if (changed != changedAt)
            {
                (current, changedAt) = (Read(), changed);
            }
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            // Half written, most likely: the next look finds it whole.
            changedAt = default;
        }
    }

    private DateTime ChangedAt() => new(Math.Max(File.GetLastWriteTimeUtc(file).Ticks, File.GetLastWriteTimeUtc(keyFile).Ticks), DateTimeKind.Utc);

    private SslStreamCertificateContext Read()
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(file);
        using var certificate = X509Certificate2.CreateFromPemFile(file, keyFile);
        // Windows takes no key that is only in memory.
        var kept = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        return SslStreamCertificateContext.Create(kept, chain, offline: true);
    }

    private static bool IsUnreadable(Exception error) => error is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;
}
