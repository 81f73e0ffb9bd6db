using System.Security.Cryptography;
using System.Text;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>A new key pair for evidence.</summary>
/// <param name="Id">How records name it.</param>
/// <param name="PrivatePem">For the security team alone.</param>
/// <param name="PublicPem">For the proxies.</param>
internal sealed record EvidenceKeyPair(string Id, byte[] PrivatePem, byte[] PublicPem)
{
    public static EvidenceKeyPair Create()
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return new(
            EvidenceFormat.IdOf(key),
            Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"),
            Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem() + "\n"));
    }

    public override string ToString() => Id;
}
