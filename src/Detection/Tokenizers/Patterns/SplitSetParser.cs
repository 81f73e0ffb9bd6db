namespace EdgeFilter.Detection.Tokenizers.Patterns;

/// <summary>Reads what stands between brackets.</summary>
internal sealed class SplitSetParser(SplitPatternParser parser)
{
    private const int DeepestSet = 8;

    private int depth;

    /// <summary>Reads on behind the opening bracket, to behind the closing one.</summary>
    public CodePointSet Read()
    {
        if (++depth > DeepestSet)
        {
            throw parser.Wrong("sets are nested too deeply");
        }

        var whole = new CodePointSet(parser.TryTake('^'));
        var set = new CodePointSet();
        var intersected = new List<CodePointSet>();
        var isFirst = true;
        while (isFirst || parser.Peek != ']')
        {
            if (parser.IsAtEnd)
            {
                throw parser.Wrong("'[' without ']'");
            }

            if (parser.Peek == '&' && parser.PeekSecond == '&')
            {
                parser.Take();
                parser.Take();
                intersected.Add(set.Seal());
                set = new CodePointSet();
            }
            else
            {
                ReadItem(set);
            }

            isFirst = false;
        }

        parser.Take();
        depth--;
        whole.Add(set.Seal());
        foreach (var other in intersected)
        {
            whole.Narrow(other);
        }

        return whole.Seal();
    }

    private void ReadItem(CodePointSet set)
    {
        if (parser.Peek == '[')
        {
            if (parser.PeekSecond == ':')
            {
                throw parser.Wrong("classes such as [:alpha:] are not supported");
            }

            parser.Take();
            set.Add(Read());
            return;
        }

        if (ReadCode(set) is not { } first)
        {
            return;
        }

        if (parser.Peek != '-' || parser.PeekSecond is ']' or -1)
        {
            set.Add(first, first, parser.IgnoreCase);
            return;
        }

        parser.Take();
        if (ReadCode(set) is not { } last || last < first)
        {
            throw parser.Wrong("a range ends before it begins");
        }

        set.Add(first, last, parser.IgnoreCase);
    }

    /// <summary>Reads one character; null when it was a class, which is added.</summary>
    private int? ReadCode(CodePointSet set)
    {
        if (!parser.TryTake('\\'))
        {
            return parser.IsAtEnd ? throw parser.Wrong("'[' without ']'") : parser.Take();
        }

        if (parser.TryReadClass() is { } part)
        {
            set.Add(part);
            return null;
        }

        return parser.TryTake('b') ? '\b' : parser.ReadEscapedCode();
    }
}
