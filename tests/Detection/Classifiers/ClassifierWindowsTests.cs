using EdgeFilter.Detection.Classifiers;
using Xunit;

namespace EdgeFilter.Detection.Tests.Classifiers;

public sealed class ClassifierWindowsTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(100, 1)]
    [InlineData(101, 2)]
    [InlineData(180, 2)]
    [InlineData(181, 3)]
    public void Count_ByLength(int length, int expected) => Assert.Equal(expected, new ClassifierWindows(100, 20).Count(length));

    [Fact]
    public void Windows_CoverEveryCharacterAndOverlap()
    {
        var windows = new ClassifierWindows(64, 16);
        for (var length = 1; length < 400; length++)
        {
            var end = 0;
            for (var i = 0; i < windows.Count(length); i++)
            {
                var window = windows.Window(i, length);
                Assert.True(i == 0 || window.Start == end - 16);
                end = window.End;
            }

            Assert.Equal(length, end);
        }
    }

    [Fact]
    public void CompleteCount_WindowsThatALongerTextHasToo()
    {
        var windows = new ClassifierWindows(64, 16);
        for (var length = 0; length < 300; length++)
        {
            for (var i = 0; i < windows.CompleteCount(length); i++)
            {
                Assert.Equal(windows.Window(i, 10_000), windows.Window(i, length));
            }

            Assert.True(windows.CompleteCount(length) <= windows.Count(length));
            Assert.True(windows.CompleteCount(length) >= windows.Count(length) - 1);
        }
    }

    [Fact]
    public void Score_LongText_IsTheHighestOfAnyWindow()
    {
        var classifier = new PositionClassifier();
        var text = new string('.', 150) + "!" + new string('.', 149);
        var scores = new float[1];

        ClassifierWindows.Score(classifier, text, scores);

        Assert.Equal(1, scores[0]);
        Assert.Equal(4, classifier.Calls);
    }

    /// <summary>Scores 1 where a window holds an exclamation mark.</summary>
    private sealed class PositionClassifier : ITextClassifier
    {
        public int Calls { get; private set; }

        public string Name => "position";

        public IReadOnlyList<string> Labels { get; } = ["found"];

        public int WindowLength => 100;

        public int WindowOverlap => 20;

        public void Score(ReadOnlySpan<char> window, Span<float> scores)
        {
            Calls++;
            scores[0] = window.Contains('!') ? 1 : 0;
        }

        public float? NamedThreshold(string label, string name) => null;
    }
}
