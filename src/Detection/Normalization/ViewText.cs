using System.Buffers;

namespace EdgeFilter.Detection.Normalization;

/// <summary>
/// A view while it is written and read: characters, and for each the part of the original that it stands for. Starts never
/// decrease. Memory is rented; it may have held secrets, so it is cleared when returned.
/// </summary>
internal sealed class ViewText : IDisposable
{
    private char[] chars;
    private int[] starts;
    private int[] ends;

    public ViewText(int capacity)
    {
        chars = ArrayPool<char>.Shared.Rent(Math.Max(64, capacity));
        starts = ArrayPool<int>.Shared.Rent(chars.Length);
        ends = ArrayPool<int>.Shared.Rent(chars.Length);
    }

    public int Length { get; private set; }

    public bool IsStart { get; set; } = true;

    public bool IsFinal { get; set; } = true;

    /// <summary>Index of the first character that differs from the source, or before which something was removed.</summary>
    public int FirstChange { get; private set; } = int.MaxValue;

    /// <summary>Index just behind the last such character.</summary>
    public int LastChange { get; private set; }

    /// <summary>True when nothing further is looked for inside: rotating what was rotated would only cost.</summary>
    public bool IsInnermost { get; set; }

    /// <summary>How many characters at the beginning are only context: nothing that begins in them is reported.</summary>
    public int PrefixLength { get; set; }

    /// <summary>The original offset from which on the reading is still open; <see cref="int.MaxValue"/> when none is.</summary>
    public int Horizon { get; set; } = int.MaxValue;

    /// <summary>True when the view differs from its source other than by being shorter.</summary>
    public bool Reveals => FirstChange < Length || (FirstChange <= Length && Horizon == int.MaxValue);

    public ReadOnlySpan<char> Text => chars.AsSpan(0, Length);

    public ReadOnlySpan<int> Starts => starts.AsSpan(0, Length);

    public ReadOnlySpan<int> Ends => ends.AsSpan(0, Length);

    /// <summary>Says that what stands behind the last character in the original, up to here, belongs to it.</summary>
    public void ExtendLast(int end) => ends[Length - 1] = Math.Max(ends[Length - 1], end);

    public ViewSource AsSource() => new(Text, Starts, Ends, IsStart, IsFinal);

    /// <summary>Says that the character written next, if any, or the end of the view, differs from the source.</summary>
    public void MarkChange()
    {
        FirstChange = Math.Min(FirstChange, Length);
        LastChange = Length + 1;
    }

    public void MarkAllChanged()
    {
        FirstChange = 0;
        LastChange = Length;
    }

    /// <summary>Counts what an earlier view of the same text changed as changed here too.</summary>
    public void IncludeChanges(ViewText earlier)
    {
        Horizon = Math.Min(Horizon, earlier.Horizon);
        if (earlier.FirstChange == int.MaxValue)
        {
            return;
        }

        FirstChange = Math.Min(FirstChange, IndexOf(earlier.StartAt(earlier.FirstChange)));
        LastChange = Math.Max(LastChange, IndexOf(earlier.StartAt(earlier.LastChange)));
    }

    public void Append(char c, int start, int end)
    {
        EnsureRoom(1);
        chars[Length] = c;
        starts[Length] = start;
        ends[Length] = end;
        Length++;
    }

    public void Append(in ViewSource source, int from, int to)
    {
        var count = to - from;
        EnsureRoom(count);
        source.Text.Slice(from, count).CopyTo(chars.AsSpan(Length));
        source.CopyMap(from, starts.AsSpan(Length, count), ends.AsSpan(Length, count));
        Length += count;
    }

    /// <summary>Takes back everything from an index on.</summary>
    public void Truncate(int length) => Length = length;

    public void Clear()
    {
        Length = 0;
        FirstChange = int.MaxValue;
        LastChange = 0;
        Horizon = int.MaxValue;
    }

    /// <summary>The index of the first character that begins at or after an original offset.</summary>
    public int IndexOf(int original)
    {
        var low = 0;
        var high = Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (starts[middle] < original)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private int StartAt(int index) => index < Length ? starts[index] : int.MaxValue;

    public void Dispose()
    {
        if (chars.Length == 0)
        {
            return;
        }

        chars.AsSpan(0, Length).Clear();
        ArrayPool<char>.Shared.Return(chars);
        ArrayPool<int>.Shared.Return(starts);
        ArrayPool<int>.Shared.Return(ends);
        chars = [];
        starts = [];
        ends = [];
        Length = 0;
    }

    private void EnsureRoom(int count)
    {
        if (Length + count <= chars.Length && Length + count <= starts.Length && Length + count <= ends.Length)
        {
            return;
        }

        var size = Math.Max(Length + count, Length * 2);
        chars = Grow(chars, size, clear: true);
        starts = Grow(starts, size, clear: false);
        ends = Grow(ends, size, clear: false);
    }

    private T[] Grow<T>(T[] old, int size, bool clear)
    {
        var larger = ArrayPool<T>.Shared.Rent(size);
        old.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<T>.Shared.Return(old, clear);
        return larger;
    }
}
