namespace EdgeFilter.Detection.Identifiers.Shapes;

/// <summary>What can stand at a place, as far as characters tell; checks, edges and context are judged by others.</summary>
internal abstract class Shape
{
    private static readonly System.Buffers.SearchValues<char> DigitsAndSpace = System.Buffers.SearchValues.Create("0123456789 ");

    private const int ShortCode = 7;

    private static readonly System.Buffers.SearchValues<char> LettersAndDigits =
        System.Buffers.SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>The longest value, in UTF-16 code units.</summary>
    public abstract int MaxLength { get; }

    /// <summary>The longest value that begins at <paramref name="start"/>.</summary>
    /// <param name="text">The text as far as it is known.</param>
    /// <param name="start">Where the value begins.</param>
    /// <param name="length">Its length; -1 without one.</param>
    /// <param name="alive">True when the text ended while another value was still possible.</param>
    public abstract bool Match(ReadOnlySpan<char> text, int start, out int length, out bool alive);

    /// <summary>How a value that matched is written.</summary>
    public virtual Form FormOf(ReadOnlySpan<char> value)
    {
        // Digits alone, or a few letters and digits run together: what any text with codes in it has.
        if (!value.ContainsAnyExceptInRange('0', '9') || (value.Length <= ShortCode && !value.ContainsAnyExcept(LettersAndDigits)))
        {
            return Form.Bare;
        }

        return value.ContainsAnyExcept(DigitsAndSpace) ? Form.Marked : Form.Grouped;
    }

    /// <summary>The most that a value can count for, whatever stands around it.</summary>
    public virtual float Ceiling(ReadOnlySpan<char> value) => 1;

    /// <summary>Whether a value of digits alone is always <see cref="Form.Bare"/>.</summary>
    public virtual bool IsBareInDigits => true;

    /// <summary>Whether <see cref="IsBareAt"/> is worth asking.</summary>
    public virtual bool TellsBare => false;

    /// <summary>Whether a value that begins here could only be <see cref="Form.Bare"/>, as far as its first characters tell at once.</summary>
    public virtual bool IsBareAt(ReadOnlySpan<char> text, int start) => false;

    /// <summary>Whether what stands before a value, at most <see cref="ContextText.Before"/> characters, shows it to be something else.</summary>
    public virtual bool IsVetoed(ReadOnlySpan<char> text, int start) => false;

    /// <summary>Whether it judges by itself where a value may begin; the others share <see cref="Boundaries.IsStart"/>.</summary>
    public virtual bool HasOwnStart => false;

    /// <summary>Whether a value may begin here, by what stands before it.</summary>
    public virtual bool IsStart(ReadOnlySpan<char> text, int start) => Boundaries.IsStart(text, start);

    /// <summary>What a value that ends here is followed by.</summary>
    public virtual Boundaries.End EndAt(ReadOnlySpan<char> text, int end, bool isFinal) => Boundaries.EndAt(text, end, isFinal);

    /// <summary>What may follow after how many leading digits; null when no pattern says.</summary>
    public virtual DigitLead? Lead => null;

    /// <summary>Whether a value could begin with this character.</summary>
    public virtual bool CanBegin(char c) => Match([c], 0, out _, out var alive) || alive;
}
