namespace EdgeFilter.Policies.Documents;

/// <summary>Where something is written: a file's name as its author knows it, line and column from 1.</summary>
public readonly record struct SourcePlace(string File, int Line, int Column) : IComparable<SourcePlace>
{
    public int CompareTo(SourcePlace other)
    {
        var order = string.CompareOrdinal(File, other.File);
        order = order != 0 ? order : Line.CompareTo(other.Line);
        return order != 0 ? order : Column.CompareTo(other.Column);
    }

    public override string ToString() => $"{File}:{Line}:{Column}";

    public static bool operator <(SourcePlace left, SourcePlace right) => left.CompareTo(right) < 0;

    public static bool operator >(SourcePlace left, SourcePlace right) => left.CompareTo(right) > 0;

    public static bool operator <=(SourcePlace left, SourcePlace right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SourcePlace left, SourcePlace right) => left.CompareTo(right) >= 0;
}
