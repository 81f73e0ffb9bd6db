using System.Collections.Frozen;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeFilter.Detection.Classifiers;

/// <summary>What a character is for the tokens of a classifier. The values are those of training/edgetrain/folding.py.</summary>
internal enum CharacterKind : byte
{
    /// <summary>Not read at all: invisible or decoration.</summary>
    Gone,
    Space,
    Word,

    /// <summary>A token of its own: scripts without spaces, emoji.</summary>
    Lone,
    Symbol,
}

/// <summary>
/// How a classifier reads characters: one table for every UTF-16 code unit, the same file that training read, so that both
/// sides cannot disagree. Written by training/edgetrain/folding.py, which describes the layout.
/// </summary>
internal sealed class Folding
{
    private const int Units = 0x10000;
    private const int TableSize = Units * 3;
    private static readonly string[] Names = ["skeleton", "lower", "cased"];
    private static readonly Lazy<Folding[]> All = new(Load);

    private const int KindShift = 16;

    // What a unit is read as, and its kind above: one look for both.
    private readonly uint[] entries;
    private readonly FrozenDictionary<int, char> beyond;

    private Folding(uint[] entries, FrozenDictionary<int, char> beyond)
    {
        this.entries = entries;
        this.beyond = beyond;
    }

    /// <summary>
    /// The table of a name, or null: <c>skeleton</c> (lower case, no accents, look-alikes as Latin), <c>lower</c>, <c>cased</c>.
    /// </summary>
    public static Folding? Find(string name)
    {
        var index = Array.IndexOf(Names, name);
        return index < 0 ? null : All.Value[index];
    }

    /// <summary>Reads the character at <paramref name="index"/>, and moves behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CharacterKind Read(ReadOnlySpan<char> text, ref int index, out char read)
    {
        var unit = text[index++];
        if (char.IsHighSurrogate(unit) && index < text.Length && char.IsLowSurrogate(text[index]))
        {
            return ReadBeyond(char.ConvertToUtf32(unit, text[index++]), out read);
        }

        var entry = entries[unit];
        read = (char)entry;
        return (CharacterKind)(entry >> KindShift);
    }

    /// <summary>What one unit is read as; itself where it is not read at all.</summary>
    public char ReadUnit(char unit) => (char)entries[unit];

    private CharacterKind ReadBeyond(int codePoint, out char read)
    {
        if (beyond.TryGetValue(codePoint, out read))
        {
            return read == 0 ? CharacterKind.Gone : (CharacterKind)(entries[read] >> KindShift);
        }

        read = (char)(0xE000 + (codePoint % 6400));
        return CharacterKind.Lone;
    }

    private static Folding[] Load()
    {
        using var packed = typeof(Folding).Assembly.GetManifestResourceStream("EdgeFilter.Detection.Classifiers.folding.bin")
            ?? throw new InvalidOperationException("The folding tables are missing from the assembly.");
        using var stream = new DeflateStream(packed, CompressionMode.Decompress);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return [.. Enumerable.Range(0, Names.Length).Select(i => Build(memory.GetBuffer(), i))];
    }

    private static Folding Build(byte[] data, int table)
    {
        var deltas = MemoryMarshal.Cast<byte, ushort>(data.AsSpan(table * TableSize, Units * 2));
        var kinds = data.AsSpan((table * TableSize) + (Units * 2), Units);
        var entries = new uint[Units];
        for (var unit = 0; unit < Units; unit++)
        {
            entries[unit] = (ushort)(unit + deltas[unit]) | ((uint)kinds[unit] << KindShift);
        }

        var rest = data.AsSpan(Names.Length * TableSize);
        var count = MemoryMarshal.Read<int>(rest);
        var beyond = new Dictionary<int, char>(count);
        for (var i = 0; i < count; i++)
        {
            var row = rest.Slice(4 + (i * 10), 10);
            beyond[MemoryMarshal.Read<int>(row)] = (char)MemoryMarshal.Read<ushort>(row[(4 + (table * 2))..]);
        }

        return new Folding(entries, beyond.ToFrozenDictionary());
    }
}
