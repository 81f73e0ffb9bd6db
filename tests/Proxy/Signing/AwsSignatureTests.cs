using System.Globalization;
using EdgeFilter.Proxy.Signing;

namespace EdgeFilter.Proxy.Tests.Signing;

/// <summary>Cases of AWS's published test suite for Signature Version 4.</summary>
public class AwsSignatureTests
{
    private static readonly DateTimeOffset Time = DateTimeOffset.ParseExact("20150830T123600Z", "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    [Theory]
    [InlineData("GET", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("POST", "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    [InlineData("GET", "Param1=value1&Param2=value2", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    public void Sign_PublishedCase_HasThePublishedSignature(string method, string query, string expected)
    {
        var signature = new AwsSignature(new AwsCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null), "us-east-1", "service");

        var headers = signature.Sign(method, "/", query, [new("host", "example.amazonaws.com")], AwsSignature.HashOf([]), Time, sendHash: false);

        Assert.Equal(
            $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature={expected}",
            headers.Single(h => h.Key == "Authorization").Value);
    }

    [Theory]
    [InlineData("/model/a.b:0/invoke", "/model/a.b%3A0/invoke")]
    [InlineData("/model/arn:aws:x%2Fy/invoke", "/model/arn%3Aaws%3Ax%2Fy/invoke")]
    [InlineData("/é /~-._", "/%C3%A9%20/~-._")]
    [InlineData("/a%b", "/a%25b")]
    public void Escape_DecodedPath_IsSpelledAsAwsDoes(string decoded, string expected) => Assert.Equal(expected, AwsPath.Escape(decoded));

    [Fact]
    public void Query_SortsByNameThenValue() =>
        Assert.Equal("A=&a=1&a=2&b=%20%2F", AwsPath.Query([new("b", " /"), new("a", "2"), new("A", ""), new("a", "1")]));
}
