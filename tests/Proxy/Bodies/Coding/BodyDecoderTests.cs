using System.IO.Compression;
using System.Text;
using EdgeFilter.Proxy.Bodies.Coding;
using Microsoft.Extensions.Primitives;

namespace EdgeFilter.Proxy.Tests.Bodies.Coding;

public class BodyDecoderTests
{
    private static readonly byte[] Plain = Encoding.UTF8.GetBytes("{\"text\":\"" + string.Join(' ', Enumerable.Range(0, 900)) + "\"}");

    // "hello hello hello hello hello" in one Zstandard frame.
    private static readonly byte[] ZstdFrame = Convert.FromHexString("28B52FFD201D6500003068656C6C6F200100A94B11");

    public static TheoryData<string> Codings => ["gzip", "deflate", Bare, "br"];

    // What some servers and clients call deflate: no header, no check sum.
    private const string Bare = "bare deflate";

    [Theory]
    [MemberData(nameof(Codings))]
    public void Decode_WholeBody_GivesThePlainOne(string coding)
    {
        Assert.Null(Decode(Encode(Plain, coding), coding, out var decoded));
        Assert.Equal(Plain, decoded);
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public void Decode_CutAnywhere_IsRefused(string coding)
    {
        var coded = Encode(Plain, coding);
        for (var length = 0; length < coded.Length; length++)
        {
            Assert.Equal("coding.damaged", Decode(coded[..length], coding, out _));
        }
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public void Decode_DataBehindTheEnd_IsRefused(string coding)
    {
        var coded = Encode(Plain, coding);

        Assert.Equal("coding.damaged", Decode([.. coded, 0], coding, out _));
        Assert.Equal("coding.damaged", Decode([.. coded, .. "hidden behind the end"u8], coding, out _));
        Assert.Equal("coding.damaged", Decode([.. coded, .. Encode("more"u8.ToArray(), coding)], coding, out _));
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public void Decode_AnyByteChanged_NeverGivesAnotherText(string coding)
    {
        var coded = Encode(Plain, coding);
        for (var i = 0; i < coded.Length; i += 3)
        {
            var damaged = (byte[])coded.Clone();
            damaged[i] ^= 0x10;
            if (Decode(damaged, coding, out var decoded) is null && coding is not ("br" or Bare))
            {
                Assert.Equal(Plain, decoded); // a header field that says nothing of the content
            }
        }
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public void Decode_Bomb_IsRefusedEarly(string coding)
    {
        var bomb = Encode(new byte[64 * 1024 * 1024], coding);

        Assert.Equal("coding.too-large", Decode(bomb, coding, out _));
    }

    [Fact]
    public void Decode_DeflateWithADictionary_IsRefused() =>
        Assert.Equal("coding.damaged", Decode([0x78, 0xBB, 0, 0, 0, 1, .. Encode(Plain, "deflate")[2..]], "deflate", out _));

    [Fact]
    public void Decode_Zstandard_IsDoneOrRefusedClearly()
    {
        if (!Zstandard.IsAvailable)
        {
            Assert.Equal("coding.unsupported", BodyDecoder.ReadHeader("zstd", out _)?.Code);
            return;
        }

        Assert.Null(Decode(ZstdFrame, "zstd", out var decoded));
        Assert.Equal("hello hello hello hello hello", Encoding.ASCII.GetString(decoded));
        Assert.Equal("coding.too-large", Decode(ZstdBomb(), "zstd", out _));
        Assert.Equal("coding.damaged", Decode([.. ZstdFrame, 0], "zstd", out _));
        Assert.Equal("coding.damaged", Decode([.. ZstdFrame, .. ZstdFrame], "zstd", out _));
        Assert.Equal("coding.damaged", Decode("not a frame"u8.ToArray(), "zstd", out _));
        for (var length = 0; length < ZstdFrame.Length; length++)
        {
            Assert.Equal("coding.damaged", Decode(ZstdFrame[..length], "zstd", out _));
        }
    }

    [Fact]
    public void Decode_LargerThanTheLimit_IsRefused()
    {
        Assert.Equal("coding.too-large", BodyDecoder.Decode(new byte[101], ContentCoding.Identity, new BodyLimits(100), out _)?.Code);
        Assert.Null(BodyDecoder.Decode(new byte[100], ContentCoding.Identity, new BodyLimits(100), out _));
    }

    [Theory]
    [InlineData("gzip, gzip", "coding.several-layers")]
    [InlineData("gzip;q=1", "coding.unsupported")]
    [InlineData("compress", "coding.unsupported")]
    [InlineData("aws-chunked", "coding.unsupported")]
    [InlineData("identity", null)]
    [InlineData("", null)]
    [InlineData("GZIP", null)]
    public void ReadHeader_KnowsWhatItCanUndo(string header, string? problem) =>
        Assert.Equal(problem, BodyDecoder.ReadHeader(header, out _)?.Code);

    [Fact]
    public void ReadHeader_TwoHeaders_AreTwoLayers() =>
        Assert.Equal("coding.several-layers", BodyDecoder.ReadHeader(new StringValues(["gzip", "br"]), out _)?.Code);

    [Theory]
    [InlineData("application/json", null)]
    [InlineData("application/json; charset=UTF-8", null)]
    [InlineData("application/json; charset=\"utf-8\"", null)]
    [InlineData("application/vnd.api+json", null)]
    [InlineData(null, "type.not-json")]
    [InlineData("text/plain", "type.not-json")]
    [InlineData("application/jsonp", "type.not-json")]
    [InlineData("application/json; charset=utf-16", "type.charset")]
    [InlineData("application/json; charset=iso-8859-1", "type.charset")]
    [InlineData("application/json; charset=utf-8; charset=utf-16", "type.charset")]
    public void Check_ContentType_TakesOnlyJsonInUtf8(string? contentType, string? problem) =>
        Assert.Equal(problem, JsonContentType.Check(contentType)?.Code);

    private static string? Decode(byte[] body, string coding, out byte[] decoded)
    {
        Assert.Null(BodyDecoder.ReadHeader(coding == Bare ? "deflate" : coding, out var known));
        var problem = BodyDecoder.Decode(body, known, BodyLimits.Default, out var memory);
        decoded = memory.ToArray();
        return problem?.Code;
    }

    // RFC 8878: a frame with a window of 2 MiB and 500 blocks of 128 KiB that repeat one byte.
    private static byte[] ZstdBomb()
    {
        const int Size = 128 * 1024;
        var frame = new List<byte> { 0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x58 };
        for (var i = 0; i < 500; i++)
        {
            var header = (Size << 3) | (1 << 1) | (i == 499 ? 1 : 0);
            frame.AddRange([(byte)header, (byte)(header >> 8), (byte)(header >> 16), 0]);
        }

        return [.. frame];
    }

    private static byte[] Encode(byte[] plain, string coding)
    {
        var output = new MemoryStream();
        using (Stream stream = coding switch
        {
            "gzip" => new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true),
            "deflate" => new ZLibStream(output, CompressionLevel.Optimal, leaveOpen: true),
            Bare => new DeflateStream(output, CompressionLevel.Optimal, leaveOpen: true),
            _ => new BrotliStream(output, CompressionLevel.Fastest, leaveOpen: true),
        })
        {
            stream.Write(plain);
        }

        return output.ToArray();
    }
}
