namespace EdgeFilter.Proxy.Bodies.Forms;

/// <summary>What a field's header says, as byte ranges of the form.</summary>
internal record struct FormPart
{
    public Piece Name;

    /// <summary>Empty for a field that is no file.</summary>
    public Piece FileName;

    /// <summary>The same name in the form <c>filename*</c>; empty without.</summary>
    public Piece ExtendedFileName;

    public Piece Type;

    public bool IsFile;

    /// <summary>The line that says how long the field is, with its end; empty without.</summary>
    public Piece LengthLine;

    /// <summary>What that line says; -1 without.</summary>
    public long Length;

    /// <summary>A stretch of bytes.</summary>
    internal readonly record struct Piece(int Start, int Length)
    {
        public int End => Start + Length;

        public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> data) => data.Slice(Start, Length);
    }
}
