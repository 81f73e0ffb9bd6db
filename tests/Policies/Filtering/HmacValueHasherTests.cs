using System.Security.Cryptography;
using System.Text;
using EdgeFilter.Policies.Filtering;

namespace EdgeFilter.Policies.Tests.Filtering;

public sealed class HmacValueHasherTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void Hash_ManyValuesAgainAndAgain_IsAlwaysTheHmacOfWhatTheValueSays()
    {
        var random = new Random(7);
        var hasher = new HmacValueHasher(Key);
        var other = new HmacValueHasher([.. Key.Reverse()]);
        for (var round = 0; round < 20_000; round++)
        {
            // More values than are remembered, so that places are taken over; some longer than those.
            var number = random.Next(1_500);
            var value = number % 50 == 0 ? new string('é', 100 + number) : $"Value-{number} ß";

            Assert.Equal(Expected(Key, value), Hash(hasher, value));
            if (round % 97 == 0)
            {
                Assert.NotEqual(Hash(hasher, value), Hash(other, value));
            }
        }
    }

    [Theory]
    [InlineData("4111 1111 1111 1111", "4111-1111-1111-1111")]
    [InlineData("es12 3456", "ES123456")]
    [InlineData("--", "--")]
    public void Hash_TheSameWrittenOtherwise_IsTheSame(string one, string other)
    {
        var hasher = new HmacValueHasher(Key);

        Assert.Equal(Hash(hasher, one), Hash(hasher, other));
        Assert.NotEqual(Hash(hasher, one), Hash(hasher, one + "1"));
    }

    private static byte[] Expected(byte[] key, string value) =>
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(string.Concat(value.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant))));

    private static byte[] Hash(HmacValueHasher hasher, string value)
    {
        var mac = new byte[32];
        hasher.Hash(value, mac);
        return mac;
    }
}
