using EdgeFilter.Proxy.Signing;

namespace EdgeFilter.Proxy.Tests.Signing;

public sealed class AwsCredentialSourceTests : IDisposable
{
    private static readonly Uri Frankfurt = new("https://bedrock-runtime.eu-central-1.amazonaws.com/");
    private static readonly Uri Elsewhere = new("http://gateway.example/");

    private readonly string folder = Directory.CreateTempSubdirectory("edgefilter-aws-").FullName;

    [Fact]
    public void Find_Environment_RegionFromTheAddress()
    {
        var found = Find(new AwsOptions(), Frankfurt, out var problem, ("AWS_ACCESS_KEY_ID", "id"), ("AWS_SECRET_ACCESS_KEY", "s"), ("AWS_SESSION_TOKEN", "t"), ("AWS_REGION", "us-east-1"));

        Assert.Null(problem);
        Assert.Equal(new AwsCredentials("id", "s", "t"), found!.Current);
        Assert.Equal("eu-central-1", found.Region);
    }

    [Fact]
    public void Find_ConfiguredRegion_Wins() =>
        Assert.Equal("eu-west-1", Find(new AwsOptions { Region = "eu-west-1" }, Frankfurt, out _, ("AWS_ACCESS_KEY_ID", "id"), ("AWS_SECRET_ACCESS_KEY", "s"))!.Region);

    [Fact]
    public void Find_NoRegionAnywhere_SaysWhere()
    {
        Assert.Null(Find(new AwsOptions(), Elsewhere, out var problem, ("AWS_ACCESS_KEY_ID", "id"), ("AWS_SECRET_ACCESS_KEY", "s")));
        Assert.Contains("Aws:Region", problem);
    }

    [Fact]
    public void Find_NoCredentials_IsNoProblem()
    {
        Assert.Null(Find(new AwsOptions(), Frankfurt, out var problem, ("AWS_ACCESS_KEY_ID", "id")));
        Assert.Null(problem);
    }

    [Fact]
    public void Current_FileChanges_IsReadAgain_AndABrokenOneChangesNothing()
    {
        var file = Path.Combine(folder, "credentials");
        File.WriteAllText(file, "[default]\naws_access_key_id=one\naws_secret_access_key=s\n");
        var found = Find(new AwsOptions { CredentialsFile = file, Region = "r" }, Elsewhere, out _)!;

        File.WriteAllText(file, "# renewed\n[default]\naws_access_key_id = two\naws_secret_access_key = s=1\naws_session_token = t\n");
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddDays(1));
        Assert.Equal(new AwsCredentials("two", "s=1", "t"), found.Current);

        File.WriteAllText(file, "[default]\n");
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddDays(2));
        Assert.Equal("two", found.Current.AccessKeyId);
    }

    [Theory]
    [InlineData("[default]\naws_access_key_id=secret-id\n")]
    [InlineData("[other]\naws_access_key_id=secret-id\naws_secret_access_key=s\n")]
    public void Find_FileWithoutTheProfile_SaysWhatAndNeverTheContent(string content)
    {
        var file = Path.Combine(folder, "credentials");
        File.WriteAllText(file, content);

        Assert.Null(Find(new AwsOptions { CredentialsFile = file }, Frankfurt, out var problem));
        Assert.Contains("default", problem);
        Assert.DoesNotContain("secret-id", problem);
    }

    [Fact]
    public void ToString_HasNoSecret() => Assert.Equal("id", new AwsCredentials("id", "secret", "token").ToString());

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static AwsCredentialSource? Find(AwsOptions options, Uri address, out string? problem, params (string Name, string Value)[] environment) =>
        AwsCredentialSource.Find(options, address, name => environment.FirstOrDefault(e => e.Name == name).Value, out problem);
}
