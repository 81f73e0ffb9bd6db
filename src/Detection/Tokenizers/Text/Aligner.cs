using System.Text;

namespace EdgeFilter.Detection.Tokenizers.Text;

/// <summary>
/// Rewrites a part of a text character by character, and keeps the alignment by the reference implementation's bookkeeping: each
/// new character says how many it adds or takes away.
/// </summary>
/// <remarks>
/// The bookkeeping matters even where it looks arbitrary (marks that change places, a character that becomes nothing): offsets must
/// be those that a model's makers saw. Source: tokenizers, normalizer.rs, <c>transform_range</c>.
/// </remarks>
internal ref struct Aligner
{
    private readonly AlignedText source;
    private readonly AlignedText target;
    private readonly int start;
    private readonly int end;
    private int offset;

    public Aligner(AlignedText source, int start, int end, AlignedText target)
    {
        this.source = source;
        this.target = target;
        this.start = start;
        this.end = end;
        offset = start;
    }

    /// <summary>Leaves characters of the source out.</summary>
    public void Skip(int characters)
    {
        for (var i = 0; i < characters && offset < end; i++)
        {
            offset += char.IsHighSurrogate(source.Units[offset]) ? 2 : 1;
        }
    }

    /// <summary>Writes a character.</summary>
    /// <param name="rune">The new character.</param>
    /// <param name="change">
    /// 0 when it stands for the next character of the source, 1 when it is added, -n when n further characters of the source are gone.
    /// </param>
    public void Put(Rune rune, int change)
    {
        if (change > 0)
        {
            var place = Math.Max(start, offset - 1);
            target.Append(rune, source.From(place), offset == start ? source.From(place) : source.To(place));
            return;
        }

        var at = Math.Min(offset, end - 1);
        target.Append(rune, source.From(at), source.To(at));
        Skip(1 - change);
    }

    /// <summary>Copies the next character of the source.</summary>
    public void Keep()
    {
        var at = offset;
        Skip(1);
        target.Append(source, at, offset);
    }
}
