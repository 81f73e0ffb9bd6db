using System.Buffers;
using System.Text;
using EdgeFilter.Detection.Tokenizers.Text;

namespace EdgeFilter.Detection.Tokenizers.Unicode;

/// <summary>Writes a part of a text in one of the normalisation forms. Linear: runs of marks are sorted by class.</summary>
internal static class FormWriter
{
    private const int LongestDecomposition = 18;

    public static void Write(UnicodeForm form, AlignedText source, TextPiece piece, AlignedText target)
    {
        var decomposed = ArrayPool<Entry>.Shared.Rent(Math.Max(16, piece.End - piece.Start));
        try
        {
            var count = Decompose(source.Units[piece.Start..piece.End], form is UnicodeForm.Nfkc or UnicodeForm.Nfkd, ref decomposed);
            if (form is UnicodeForm.Nfc or UnicodeForm.Nfkc)
            {
                count = Compose(decomposed.AsSpan(0, count));
            }

            var aligner = new Aligner(source, piece.Start, piece.End, target);
            foreach (var entry in decomposed.AsSpan(0, count))
            {
                aligner.Put(new Rune(entry.Code), entry.Change);
            }
        }
        finally
        {
            ArrayPool<Entry>.Shared.Return(decomposed, clearArray: true);
        }
    }

    private static int Decompose(ReadOnlySpan<char> text, bool isCompatible, ref Entry[] entries)
    {
        var table = Decompositions.Instance;
        var parts = (Span<int>)stackalloc int[LongestDecomposition];
        var count = 0;
        var marksFrom = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var length = table.Decompose(rune.Value, isCompatible, parts);
            if (count + length > entries.Length)
            {
                var larger = ArrayPool<Entry>.Shared.Rent((count + length) * 2);
                entries.AsSpan(0, count).CopyTo(larger);
                ArrayPool<Entry>.Shared.Return(entries, clearArray: true);
                entries = larger;
            }

            for (var i = 0; i < length; i++)
            {
                var entry = new Entry(parts[i], (byte)table.Class(parts[i]), i == 0 ? 0 : 1);
                if (entry.Class == 0)
                {
                    SortMarks(entries.AsSpan(marksFrom, count - marksFrom));
                    marksFrom = count + 1;
                }

                entries[count++] = entry;
            }
        }

        SortMarks(entries.AsSpan(Math.Min(marksFrom, count), count - Math.Min(marksFrom, count)));
        return count;
    }

    /// <summary>Puts a run of marks in the order of their classes, equal ones as they came: a counting sort, for long runs.</summary>
    private static void SortMarks(Span<Entry> marks)
    {
        if (marks.Length < 2)
        {
            return;
        }

        if (marks.Length < 16)
        {
            for (var i = 1; i < marks.Length; i++)
            {
                var moved = marks[i];
                var at = i;
                for (; at > 0 && marks[at - 1].Class > moved.Class; at--)
                {
                    marks[at] = marks[at - 1];
                }

                marks[at] = moved;
            }

            return;
        }

        var places = (Span<int>)stackalloc int[257];
        places.Clear();
        foreach (var mark in marks)
        {
            places[mark.Class + 1]++;
        }

        for (var i = 1; i < places.Length; i++)
        {
            places[i] += places[i - 1];
        }

        var copy = marks.ToArray();
        foreach (var mark in copy)
        {
            marks[places[mark.Class]++] = mark;
        }
    }

    /// <summary>Composes in place; what is written never overtakes what is read.</summary>
    private static int Compose(Span<Entry> entries)
    {
        var table = Decompositions.Instance;
        var written = 0;
        var starter = -1;
        var lastClass = -1;
        foreach (var entry in entries)
        {
            // A mark is kept from its starter by one of the same or a higher class between them.
            if (starter >= 0 && (lastClass < 0 || lastClass < entry.Class)
                && table.Compose(entries[starter].Code, entry.Code) is >= 0 and var composed)
            {
                entries[starter] = new Entry(composed, 0, entries[starter].Change + entry.Change - 1);
                continue;
            }

            if (entry.Class == 0)
            {
                starter = written;
                lastClass = -1;
            }
            else if (starter >= 0)
            {
                lastClass = entry.Class;
            }

            entries[written++] = entry;
        }

        return written;
    }

    /// <summary>A code point, its combining class, and by how many it changes the text's count; see <see cref="Aligner.Put"/>.</summary>
    private readonly record struct Entry(int Code, byte Class, int Change);
}
