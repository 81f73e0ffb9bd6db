using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EdgeFilter.Proxy.Simulation;

/// <summary>
/// Reads the last user message as a script: one command, and options in square brackets anywhere in it.
/// <list type="table">
/// <item><term>echo TEXT</term><description>answers TEXT</description></item>
/// <item><term>leak</term><description>answers with synthetic personal data and a credential</description></item>
/// <item><term>long story N</term><description>answers N sentences</description></item>
/// <item><term>tool call NAME {JSON}</term><description>calls a tool</description></item>
/// <item><term>error STATUS TEXT</term><description>answers with that HTTP status and TEXT in the message</description></item>
/// <item><term>slow TEXT</term><description>answers TEXT with a pause before each delta</description></item>
/// </list>
/// Options: [whole calls], [chunks of N], [writes of N], [pause N], [drop|end|error|garbage|unknown|huge|stall after N], [pings], [escaped].
/// </summary>
internal static partial class PromptScript
{
    private const int MaxSentences = 100_000;

    public static ScriptedAnswer Read(string prompt)
    {
        var answer = new ScriptedAnswer();
        var command = Option.Replace(prompt, option => TryApply(option, ref answer) ? "" : option.Value).Trim();
        return Apply(command, answer);
    }

    private static ScriptedAnswer Apply(string command, ScriptedAnswer answer)
    {
        if (After(command, "echo") is { } echoed)
        {
            return answer with { Text = echoed };
        }

        if (After(command, "leak") is not null)
        {
            return answer with { Text = SyntheticValues.Leak };
        }

        if (After(command, "long story") is { } length)
        {
            return answer with { Text = Story(FirstNumber(length, otherwise: 20, MaxSentences)) };
        }

        if (After(command, "tool call") is { } call)
        {
            var end = call.IndexOf(' ', StringComparison.Ordinal);
            return end < 0
                ? answer with { ToolName = call.Length == 0 ? "lookup" : call }
                : answer with { ToolName = call[..end], ToolArguments = call[(end + 1)..].Trim() };
        }

        if (After(command, "error") is { } error)
        {
            var status = FirstNumber(error, otherwise: 500, 599);
            return answer with { ErrorStatus = status < 400 ? 500 : status, Text = error.TrimStart("0123456789".ToCharArray()).Trim() };
        }

        if (After(command, "slow") is { } slowly)
        {
            return answer with
            {
                Text = slowly.Length == 0 ? Story(3) : slowly,
                Pause = answer.Pause == TimeSpan.Zero ? TimeSpan.FromMilliseconds(200) : answer.Pause,
            };
        }

        return answer with { Text = "I am a simulated model. Try: echo, leak, long story 5, tool call, error 429 or slow." };
    }

    private static bool TryApply(Match option, ref ScriptedAnswer answer)
    {
        var number = option.Groups["n"].Success ? int.Parse(option.Groups["n"].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var fault = StreamFault.None;
        switch (option.Groups["word"].Value.ToLowerInvariant())
        {
            case "chunks of":
                answer = answer with { DeltaLength = Math.Max(1, number) };
                return true;
            case "writes of":
                answer = answer with { WriteLength = Math.Max(1, number) };
                return true;
            case "pause":
                answer = answer with { Pause = TimeSpan.FromMilliseconds(number) };
                return true;
            case "whole calls":
                answer = answer with { WholeCalls = true };
                return true;
            case "pings":
                answer = answer with { KeepAlives = true };
                return true;
            case "escaped":
                answer = answer with { Escaped = true };
                return true;
            case var word when word.EndsWith(" after", StringComparison.Ordinal) && Enum.TryParse(word[..^6], ignoreCase: true, out fault):
                answer = answer with { Fault = fault, FaultAfter = number };
                return true;
            default:
                return false;
        }
    }

    private static string? After(string command, string word) =>
        command.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (command.Length == word.Length || !char.IsLetterOrDigit(command[word.Length]))
            ? command[word.Length..].TrimStart(' ', ':').TrimEnd()
            : null;

    private static int FirstNumber(string text, int otherwise, int atMost) =>
        int.TryParse(Number.Match(text).ValueSpan, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, atMost) : otherwise;

    private static string Story(int sentences)
    {
        string[] lines =
        [
            "Once there was a lighthouse keeper who counted the ships that passed.",
            "Every evening she wrote the number down in a small blue book.",
            "The wind was cold, the lamp was warm, and nobody hurried.",
            "In spring a boat came with letters, tea and a new wick for the lamp.",
            "She read the letters twice and answered only the kind ones.",
        ];
        var story = new StringBuilder();
        for (var i = 0; i < sentences; i++)
        {
            story.Append(i == 0 ? "" : " ").Append(lines[i % lines.Length]);
        }

        return story.ToString();
    }

    [GeneratedRegex(@"\[(?<word>whole calls|chunks of|writes of|pause|pings|escaped|(?:drop|end|error|garbage|unknown|huge|stall) after)(?: (?<n>[0-9]{1,6}))?\]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Option { get; }

    [GeneratedRegex("[0-9]{1,9}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number { get; }
}
