using EdgeFilter.Detection.Classifiers.Models;

namespace EdgeFilter.Detection.Tests.Classifiers;

public sealed class ModelKeyCommandTests
{
    [Fact]
    public void Run_CommandThatWrites_GivesWhatItWrote() => Assert.Equal("00ff\n", ModelKeyCommand.Run("echo 00ff").ReplaceLineEndings("\n"));

    [Fact]
    public void Run_CommandThatFails_SaysSoAndNothingElse()
    {
        var failed = Assert.Throws<IOException>(() => ModelKeyCommand.Run("echo secret && exit 3"));

        Assert.Contains("exit code 3", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failed.Message, StringComparison.Ordinal);
    }
}
