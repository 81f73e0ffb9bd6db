using System.Text;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>The arguments of one tool call while their fragments arrive, and what was decided on them.</summary>
internal sealed class AssembledCall
{
    private readonly StringBuilder arguments = new();

    public AssembledCall(CompiledChannel line, ChannelKey key)
    {
        Line = line;
        Key = key;
    }

    public CompiledChannel Line { get; }

    public ChannelKey Key { get; }

    public int Length => arguments.Length;

    /// <summary>True once the arguments were judged.</summary>
    public bool IsDecided { get; private set; }

    /// <summary>The arguments to write instead; null when they pass as they came.</summary>
    public string? Edited { get; private set; }

    /// <summary>True when <see cref="Edited"/> was written: the other fragments become empty.</summary>
    public bool IsWritten { get; set; }

    public void Append(ReadOnlySpan<char> fragment) => arguments.Append(fragment);

    /// <summary>Judges the arguments; false when a rule blocks.</summary>
    public bool TryDecide(ITextChannelFactory factory, string? toolName)
    {
        IsDecided = true;
        if (arguments.Length == 0)
        {
            return true;
        }

        var what = new StreamChannel(Line.Rule.Role, Line.Rule.Channel, Key.Lane, Key.Part) { ToolName = toolName };
        var text = arguments.ToString();
        arguments.Clear();
        var passes = Line.Rule.Use == ChannelUse.JsonArguments
            ? ArgumentsFilter.TryFilter(factory, what, text, out var edited)
            : WholeText.TryFilter(factory, what, text, out edited);
        Edited = edited;
        return passes;
    }
}
