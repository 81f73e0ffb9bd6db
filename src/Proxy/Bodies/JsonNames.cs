using System.Runtime.InteropServices;

namespace EdgeFilter.Proxy.Bodies;

/// <summary>
/// The member names of all objects that are open while a body is read, to find two that readers could take for one. Objects of
/// a few members are compared one by one; larger ones go through a table, so that many names cost no more than few.
/// </summary>
internal sealed class JsonNames
{
    private const int FewNames = 12;

    private readonly List<Entry> open = [];
    private readonly Stack<int> marks = [];
    private Dictionary<long, int>? many;
    private char[] text = new char[128];
    private int used;

    /// <summary>Forgets everything, as before a new body.</summary>
    public void Clear()
    {
        marks.Clear();
        open.Clear();
        many?.Clear();
        used = 0;
    }

    /// <summary>Begins an object or array.</summary>
    public void Open() => marks.Push(open.Count);

    /// <summary>Adds a name to the innermost open object.</summary>
    /// <param name="folded">The name, with letters that fold to ASCII ones replaced by those.</param>
    /// <param name="ignoreCase">Names that differ in case only count as one.</param>
    /// <returns>0 when it is new, 1 when it is there already, 2 when it differs from another in case only.</returns>
    public int Add(ReadOnlySpan<char> name, ReadOnlySpan<char> folded, bool ignoreCase)
    {
        var mark = marks.Peek();
        var comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var hash = string.GetHashCode(ignoreCase ? folded : name, comparison);
        var names = CollectionsMarshal.AsSpan(open)[mark..];
        if (names.Length < FewNames)
        {
            foreach (ref readonly var other in names)
            {
                if (other.Hash == hash && Same(other, name, folded, ignoreCase, comparison) is var same and not 0)
                {
                    return same;
                }
            }
        }
        else if (FindAmongMany(mark, name, folded, ignoreCase, comparison, hash) is var same and not 0)
        {
            return same;
        }

        open.Add(new Entry(hash, Keep(name), name.Length, -1));
        if (names.Length >= FewNames)
        {
            Index(mark, open.Count - 1);
        }

        return 0;
    }

    /// <summary>Ends the innermost object or array, and forgets its names.</summary>
    public void Close()
    {
        var mark = marks.Pop();
        if (mark == open.Count)
        {
            return;
        }

        var names = CollectionsMarshal.AsSpan(open)[mark..];
        if (names.Length > FewNames)
        {
            foreach (ref readonly var name in names)
            {
                many!.Remove(Key(mark, name.Hash));
            }
        }

        used = names[0].Start;
        open.RemoveRange(mark, names.Length);
    }

    private static long Key(int mark, int hash) => ((long)mark << 32) | (uint)hash;

    private int FindAmongMany(
        int mark, ReadOnlySpan<char> name, ReadOnlySpan<char> folded, bool ignoreCase, StringComparison comparison, int hash)
    {
        many ??= [];
        if (open.Count - mark == FewNames)
        {
            for (var i = mark; i < open.Count; i++)
            {
                Index(mark, i);
            }
        }

        for (var i = many.GetValueOrDefault(Key(mark, hash), -1); i >= 0; i = open[i].Next)
        {
            if (Same(open[i], name, folded, ignoreCase, comparison) is var same and not 0)
            {
                return same;
            }
        }

        return 0;
    }

    private void Index(int mark, int entry)
    {
        ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(many!, Key(mark, open[entry].Hash), out var exists);
        open[entry] = open[entry] with { Next = exists ? first : -1 };
        first = entry;
    }

    private int Same(in Entry other, ReadOnlySpan<char> name, ReadOnlySpan<char> folded, bool ignoreCase, StringComparison comparison)
    {
        var seen = text.AsSpan(other.Start, other.Length);
        if (name.SequenceEqual(seen))
        {
            return 1;
        }

        if (!ignoreCase || seen.Length != name.Length)
        {
            return 0;
        }

        Span<char> seenFolded = seen.Length <= 256 ? stackalloc char[seen.Length] : new char[seen.Length];
        JsonReader.Fold(seen, seenFolded);
        return folded.Equals(seenFolded, comparison) ? 2 : 0;
    }

    private int Keep(ReadOnlySpan<char> name)
    {
        if (text.Length - used < name.Length)
        {
            Array.Resize(ref text, Math.Max(text.Length * 2, used + name.Length));
        }

        name.CopyTo(text.AsSpan(used));
        used += name.Length;
        return used - name.Length;
    }

    private readonly record struct Entry(int Hash, int Start, int Length, int Next);
}
