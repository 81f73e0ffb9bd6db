using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeFilter.Acceptance.Hosting;

/// <summary>A certificate for 127.0.0.1 that lives as long as a test.</summary>
internal sealed class TestCertificate : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("edgefilter-tls-").FullName;

    public TestCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(PublicFile, certificate.ExportCertificatePem());
        File.WriteAllText(KeyedFile, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        Thumbprint = certificate.Thumbprint;
    }

    /// <summary>The certificate with its key.</summary>
    public string KeyedFile => Path.Combine(folder, "proxy.pem");

    /// <summary>The certificate alone, for clients to trust.</summary>
    public string PublicFile => Path.Combine(folder, "trusted.pem");

    public string Thumbprint { get; }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
