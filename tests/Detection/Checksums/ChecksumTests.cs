using System.Text;
using EdgeFilter.Detection.Checksums;
using EdgeFilter.Detection.Identifiers.Checks;
using Xunit;

namespace EdgeFilter.Detection.Tests.Checksums;

/// <summary>
/// Each algorithm against a second way of computing it: the check character that makes a value valid is found by trying, and must be
/// the only one; every other single character, and where the algorithm promises it every swap of neighbours, must be noticed.
/// </summary>
public class ChecksumTests
{
    private const string Digits = "0123456789";
    private const string Base36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    public delegate bool Validator(ReadOnlySpan<char> value);

    public static TheoryData<string, string, Validator> Systems() => new()
    {
        { "luhn", Digits, Luhn.IsValid },
        { "verhoeff", Digits, Verhoeff.IsValid },
        { "damm", Digits, Damm.IsValid },
        { "mod 11,10", Digits, Iso7064.IsMod11Hybrid10 },
        { "mod 37,36", Base36, Iso7064.IsMod37Hybrid36 },
        { "mod 11-2", Digits + "X", Iso7064.IsMod11Radix2 },
        { "mod 37-2", Base36 + "*", Iso7064.IsMod37Radix2 },
        { "luhn mod 36", Base36, v => Luhn.IsValidInBase(v, 36) },
    };

    [Theory]
    [MemberData(nameof(Systems))]
    public void CheckCharacter_OfAnyValue_IsUniqueAndNoticesOneWrongCharacter(string name, string checks, Validator isValid)
    {
        var alphabet = checks.TrimEnd('*').TrimEnd(checks.Length == 11 ? 'X' : '\0');
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var body = string.Concat(Enumerable.Range(0, random.Next(3, 18)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            var valid = Assert.Single(checks, c => isValid(body + c));
            var value = (body + valid).ToCharArray();
            var place = random.Next(body.Length);
            foreach (var other in alphabet.Where(c => c != value[place]))
            {
                var wrong = (char[])value.Clone();
                wrong[place] = other;
                Assert.False(isValid(wrong), $"{name}: a wrong character at {place} of {value.Length} passed.");
            }
        }
    }

    [Theory]
    [InlineData("verhoeff")]
    [InlineData("damm")]
    public void SwappedNeighbours_AreNoticed(string system)
    {
        Validator isValid = system == "damm" ? Damm.IsValid : Verhoeff.IsValid;
        var random = new Random(11);
        for (var round = 0; round < 300; round++)
        {
            var body = string.Concat(Enumerable.Range(0, 9).Select(_ => Digits[random.Next(10)]));
            var value = (body + Digits.Single(c => isValid(body + c))).ToCharArray();
            var place = random.Next(9);
            if (value[place] != value[place + 1])
            {
                (value[place], value[place + 1]) = (value[place + 1], value[place]);
                Assert.False(isValid(value));
            }
        }
    }

    [Fact]
    public void Mod97_AgreesWithLongDivision()
    {
        var random = new Random(3);
        for (var round = 0; round < 200; round++)
        {
            var value = string.Concat(Enumerable.Range(0, 24).Select(_ => Base36[random.Next(36)]));
            var expanded = string.Concat(value.Select(c => Base36.IndexOf(c, StringComparison.Ordinal).ToString(System.Globalization.CultureInfo.InvariantCulture)));
            var expected = (int)(System.Numerics.BigInteger.Parse(expanded, System.Globalization.CultureInfo.InvariantCulture) % 97);
            Assert.Equal(expected, Iso7064.Mod97(value, 0));
        }
    }

    [Fact]
    public void Crc_OfTheUsualCheckString_IsThePublishedValue()
    {
        var data = Encoding.ASCII.GetBytes("123456789");
        Assert.Equal(0x31C3, Crc.Xmodem(data));
        Assert.Equal(0xCBF43926, Crc.Crc32(data));
    }

    [Fact]
    public void Keccak256_OfNothing_IsThePublishedValue()
    {
        var hash = new byte[32];
        Keccak256.Hash([], hash);
        Assert.Equal("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470", Convert.ToHexStringLower(hash));
    }

    [Fact]
    public void Base58_OfAnyPayload_IsAcceptedUntilACharacterChanges()
    {
        var random = new Random(5);
        for (var round = 0; round < 30; round++)
        {
            var payload = new byte[21];
            random.NextBytes(payload);
            payload[0] = (byte)(round % 2 * 5);
            var address = Encode(payload);
            Assert.True(Base58.IsValid(address, Base58.Bitcoin, out var version, out var length));
            Assert.Equal(payload[0], version);
            Assert.Equal(21, length);
            var wrong = address[..^1] + (address[^1] == '2' ? '3' : '2');
            Assert.False(Base58.IsValid(wrong, Base58.Bitcoin, out _, out _));
        }
    }

    [Theory]
    [InlineData("luhn(")]
    [InlineData("no-such-rule")]
    [InlineData("sum(1 2 3)")]
    [InlineData("luhn) ")]
    public void ParseCheck_MalformedRule_SaysSo(string rule) => Assert.Throws<FormatException>(() => CheckParser.Parse(rule));

    [Theory]
    [InlineData("sum(3 1, 10, 0987654321)", "125", true)]
    [InlineData("sum(3 1, 10, 0987654321)", "127", false)]
    [InlineData("zero(1 1 1, 3)", "111", true)]
    [InlineData("zero(1 1 1, 3)", "112", false)]
    [InlineData("remainder(3, 97)", "10003", true)]
    [InlineData("remainder(3, 97, complement)", "10094", true)]
    [InlineData("date(0, yymmdd)", "000229", true)]
    [InlineData("date(0, yymmdd)", "010229", false)]
    [InlineData("date(0, yymmdd, 50)", "016228", true)]
    [InlineData("any(len(3), starts(AB))", "ABCD", true)]
    [InlineData("not(starts(AB))", "ABCD", false)]
    public void CheckRule_OnValue_Decides(string rule, string value, bool expected) =>
        Assert.Equal(expected, CheckParser.Parse(rule)(value, value));

    private static string Encode(byte[] payload)
    {
        var hash = System.Security.Cryptography.SHA256.HashData(System.Security.Cryptography.SHA256.HashData(payload));
        byte[] all = [.. payload, .. hash.AsSpan(0, 4)];
        var number = new System.Numerics.BigInteger(all, isUnsigned: true, isBigEndian: true);
        var text = new StringBuilder();
        while (number > 0)
        {
            number = System.Numerics.BigInteger.DivRem(number, 58, out var digit);
            text.Insert(0, Base58.Bitcoin[(int)digit]);
        }

        text.Insert(0, new string('1', all.TakeWhile(b => b == 0).Count()));
        return text.ToString();
    }
}
