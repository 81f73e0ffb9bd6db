using System.Buffers.Text;
using System.CommandLine;
using System.Security.Cryptography;
using EdgeFilter.Proxy.Identity;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>edgefilter keys new</c>: a key for a client, and what the configuration holds of it.</summary>
internal static class KeysCommand
{
    public static Command Create()
    {
        var create = new Command("new", "Makes a client key: give the key to the client, put its hash into the configuration.");
        create.SetAction(_ =>
        {
            var key = "ef-" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
            Console.WriteLine($"key        {key}");
            Console.WriteLine($"KeySha256  {ClientDirectory.HashOf(key)}");
            return JsonLines.Fine;
        });
        return new Command("keys", "Keys of the proxy's clients.") { create };
    }
}
