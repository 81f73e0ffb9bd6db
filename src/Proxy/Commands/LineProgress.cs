using System.Diagnostics;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace EdgeFilter.Proxy.Commands;

/// <summary>A bar on the terminal for work over the lines of standard input: how much of a file is done, and how fast.</summary>
internal sealed class LineProgress
{
    private const int BarLength = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly TextWriter terminal;
    private readonly CountedStream input;
    private readonly long? length;
    private readonly long started = Stopwatch.GetTimestamp();
    private long shown;

    internal LineProgress(TextWriter terminal, CountedStream input, long? length)
    {
        this.terminal = terminal;
        this.input = input;
        this.length = length;
    }

    /// <summary>Watches standard input where a person watches standard error; otherwise gives the stream as it is, and no progress.</summary>
    public static Stream Watch(Stream input, out LineProgress? progress)
    {
        progress = null;
        if (Console.IsErrorRedirected)
        {
            return input;
        }

        var counted = new CountedStream(input);
        progress = new LineProgress(Console.Error, counted, StandardInputLength());
        return counted;
    }

    public void Report(long lines)
    {
        if (shown != 0 && Stopwatch.GetElapsedTime(shown) < Pause)
        {
            return;
        }

        shown = Stopwatch.GetTimestamp();
        var seconds = Math.Max(0.001, Stopwatch.GetElapsedTime(started).TotalSeconds);
        var rate = string.Create(CultureInfo.InvariantCulture, $"{lines:N0} lines, {lines / seconds:N0} a second");
        if (length is > 0 and var all)
        {
            var part = Math.Min(1, input.Count / (double)all);
            var full = (int)(part * BarLength);
            terminal.Write(string.Create(CultureInfo.InvariantCulture, $"\r[{new string('#', full)}{new string('.', BarLength - full)}] {part * 100,3:0} %  {rate}   "));
        }
        else
        {
            terminal.Write($"\r{rate}   ");
        }
    }

    /// <summary>Leaves the line to whatever is written next.</summary>
    public void End()
    {
        if (shown != 0)
        {
            terminal.WriteLine();
        }
    }

    /// <summary>Null where standard input is no file.</summary>
    private static long? StandardInputLength()
    {
        if (OperatingSystem.IsWindows() || !Console.IsInputRedirected)
        {
            return null;
        }

        try
        {
            using var handle = new SafeFileHandle(0, ownsHandle: false);
            return RandomAccess.GetLength(handle);
        }
        catch (Exception failed) when (failed is IOException or NotSupportedException or UnauthorizedAccessException)
        {
            // A pipe: there is a rate, and no end in sight.
            return null;
        }
    }
}
