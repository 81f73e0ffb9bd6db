using System.Buffers.Text;
using System.CommandLine;
using System.Security.Cryptography;
using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Identity;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>edgefilter keys</c>: a key for a client, and the key pair that evidence is sealed to.</summary>
internal static class KeysCommand
{
    public static Command Create() => new("keys", "Keys of the proxy's clients, and of the security team.") { New(), Evidence() };

    private static Command New()
    {
        var create = new Command("new", "Makes a client key: give the key to the client, put its hash into the configuration.");
        create.SetAction(_ =>
        {
            var key = "ef-" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
            Console.WriteLine($"key        {key}");
            Console.WriteLine($"KeySha256  {ClientDirectory.HashOf(key)}");
            return JsonLines.Fine;
        });
        return create;
    }

    private static Command Evidence()
    {
        var output = new Option<string>("--output")
        {
            Description = "Where the pair goes: NAME.key for the security team alone, NAME.pub for BlockLog:EvidenceKey.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "evidence",
        };
        var evidence = new Command("evidence", "Makes the key pair that evidence is sealed to. Run it away from the proxy: the private key must never be there.") { output };
        evidence.SetAction(parsed =>
        {
            var name = parsed.GetValue(output)!;
            var (privateFile, publicFile) = (name + ".key", name + ".pub");
            if (File.Exists(privateFile) || File.Exists(publicFile))
            {
                parsed.InvocationConfiguration.Error.WriteLine($"{privateFile} or {publicFile} exists already: what was sealed to it could never be opened again. Choose another --output.");
                return JsonLines.BadUsage;
            }

            try
            {
                var pair = EvidenceKeyPair.Create();
                KeyFile.ReadOrCreate(privateFile, () => pair.PrivatePem);
                KeyFile.ReadOrCreate(publicFile, () => pair.PublicPem);
                parsed.InvocationConfiguration.Output.WriteLine($"private  {privateFile}   keep it away from the proxy, and have a copy: without it nothing can be opened");
                parsed.InvocationConfiguration.Output.WriteLine($"public   {publicFile}   name it in BlockLog:EvidenceKey");
                parsed.InvocationConfiguration.Output.WriteLine($"id       {pair.Id}");
                return JsonLines.Fine;
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                parsed.InvocationConfiguration.Error.WriteLine(problem.Message);
                return JsonLines.BadUsage;
            }
        });
        return evidence;
    }
}
