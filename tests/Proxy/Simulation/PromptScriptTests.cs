using EdgeFilter.Proxy.Simulation;

namespace EdgeFilter.Proxy.Tests.Simulation;

public sealed class PromptScriptTests
{
    [Theory]
    [InlineData("echo Hello there", "Hello there")]
    [InlineData("Echo: Hello", "Hello")]
    [InlineData("echo my [EMAIL_ADDRESS] stays [chunks of 3]", "my [EMAIL_ADDRESS] stays")]
    public void Read_Echo_AnswersTheText(string prompt, string expected) => Assert.Equal(expected, PromptScript.Read(prompt).Text);

    [Fact]
    public void Read_Options_AreTakenFromAnywhere()
    {
        var answer = PromptScript.Read("[chunks of 3] echo Hi [writes of 7] [pause 20] [drop after 5] [pings] [escaped]");

        Assert.Equal("Hi", answer.Text);
        Assert.Equal((3, 7, 20.0, StreamFault.Drop, 5, true, true), (answer.DeltaLength, answer.WriteLength, answer.Pause.TotalMilliseconds,
            answer.Fault, answer.FaultAfter, answer.KeepAlives, answer.Escaped));
    }

    [Fact]
    public void Read_ToolCall_TakesNameAndArguments()
    {
        var answer = PromptScript.Read("""tool call get_weather {"city":"Rome"}""");

        Assert.Equal(("get_weather", """{"city":"Rome"}"""), (answer.ToolName, answer.ToolArguments));
    }

    [Theory]
    [InlineData("error 429 slow down", 429, "slow down")]
    [InlineData("error", 500, "")]
    [InlineData("error 200", 500, "")]
    public void Read_Error_TakesStatusAndText(string prompt, int status, string text)
    {
        var answer = PromptScript.Read(prompt);

        Assert.Equal((status, text), (answer.ErrorStatus, answer.Text));
    }

    [Fact]
    public void Read_LongStory_HasThatManySentences() =>
        Assert.Equal(37, PromptScript.Read("long story 37").Text.Count(character => character == '.'));

    [Fact]
    public void Read_Leak_HoldsEverySyntheticValue()
    {
        var text = PromptScript.Read("leak").Text;

        Assert.All([SyntheticValues.EmailAddress, SyntheticValues.PaymentCard, SyntheticValues.Iban, SyntheticValues.SpanishNif, SyntheticValues.ApiKey],
            value => Assert.Contains(value, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_OrdinaryPrompt_DoesNotRepeatIt() =>
        Assert.DoesNotContain("echoes", PromptScript.Read("What echoes in eternity?").Text, StringComparison.Ordinal);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(null)]
    public void Cut_AnyLength_JoinsToTheTextAndKeepsPairs(int? length)
    {
        const string Text = "Zwölf 😀😀 Boxkämpfer\njagen Viktor quer über den großen Sylter Deich 🧪";

        var pieces = Deltas.Cut(Text, length).ToList();

        Assert.Equal(Text, string.Concat(pieces));
        Assert.All(pieces, piece => Assert.False(char.IsHighSurrogate(piece[^1]) || char.IsLowSurrogate(piece[0])));
        Assert.True(pieces.Count > 5);
    }
}
