using EdgeFilter.Policies;

namespace EdgeFilter.Proxy.WireProtocols.Segments;

/// <summary>How the segments of a text are put together.</summary>
internal enum TextJoin : byte
{
    /// <summary>One segment.</summary>
    None,

    /// <summary>Adjacent parts of one message, with nothing between them.</summary>
    Nothing,

    /// <summary>Adjacent parts of one message, with a space between them.</summary>
    Space,

    /// <summary>Adjacent parts of one message, with a line feed between them.</summary>
    Line,

    /// <summary>Messages of one speaker that follow each other, with nothing between them.</summary>
    AcrossWithNothing,

    /// <summary>Messages of one speaker that follow each other, with a space between them.</summary>
    AcrossWithSpace,

    /// <summary>Names and values, one pair a line: <c>name: value</c>.</summary>
    Record,
}

/// <summary>A text to judge as one, made of one or more segments.</summary>
/// <param name="First">Its first segment, in the list of pieces.</param>
/// <param name="Count">How many pieces.</param>
internal readonly record struct TextUnit(int First, int Count, TextJoin Join, SegmentRole Role, int Choice);
