using EdgeFilter.Detection.Identifiers.Checks;
using EdgeFilter.Detection.Identifiers.Shapes;

namespace EdgeFilter.Detection.Identifiers;

/// <summary>A detector of the general scanner, ready to run.</summary>
internal sealed class IdentifierRule
{
    public IdentifierRule(IdentifierRecord record, Shape shape)
    {
        Info = record.Info;
        Shape = shape;
        MaxLength = shape.MaxLength;
        Lead = shape.Lead ?? DigitLead.Anything();
        Check = record.CheckRule.Length > 0 ? CheckParser.Parse(record.CheckRule) : null;
        IsLenient = record.IsLenient;
        IsCaseSensitive = record.IsCaseSensitive;
        Alone = record.Alone;
        Near = record.Near;
        Words = record.Words;
        NeedsContext = record.Alone[0] == 0;
        CanSkip = NeedsContext && shape.MaxLength <= ContextText.LongestValue;
        NeedsWordWhenBare = shape.IsBareInDigits && record.Alone[(int)Form.Bare] == 0 && shape.MaxLength <= ContextText.LongestValue;
        TellsBare = record.Alone[(int)Form.Bare] == 0 && shape.TellsBare;
        IsShort = shape.MaxLength <= ShortLength;
    }

    /// <summary>Ages, codes and postal codes: so short that only a word right beside them says what they are.</summary>
    public const int ShortLength = 7;

    public DetectorInfo Info { get; }

    public Shape Shape { get; }

    /// <summary>The longest value of the shape.</summary>
    public int MaxLength { get; }

    /// <summary>What may follow after how many leading digits.</summary>
    public DigitLead Lead { get; }

    public Check? Check { get; }

    public bool IsLenient { get; }

    public bool IsCaseSensitive { get; }

    public float[] Alone { get; }

    public float Near { get; }

    public IReadOnlyList<string> Words { get; }

    /// <summary>Never reported without a word near by.</summary>
    public bool NeedsContext { get; }

    /// <summary>Need not be tried where no word of it is around.</summary>
    public bool CanSkip { get; }

    /// <summary>Need not be tried where no word of it is around and a value could be nothing but digits.</summary>
    public bool NeedsWordWhenBare { get; }

    /// <summary>Without a word it need not be tried where <see cref="Shape.IsBareAt"/> says so.</summary>
    public bool TellsBare { get; }

    /// <summary>Its words must stand close.</summary>
    public bool IsShort { get; }
}
