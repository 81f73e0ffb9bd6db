using System.Globalization;

namespace EdgeFilter.Detection.Terms;

/// <summary>A list of words and phrases as a detector: all of them are looked for in one pass, however many there are.</summary>
public sealed class DictionaryFamily : IDetectorFamily
{
    /// <summary>The longest term, in UTF-16 code units.</summary>
    public const int MaxTermLength = 200;

    /// <summary>The most terms that one dictionary takes.</summary>
    public const int MaxTerms = 1_000_000;

    private readonly TermRecogniser recogniser;

    private DictionaryFamily(DetectorInfo detector, TermRecogniser recogniser)
    {
        Detectors = [detector];
        this.recogniser = recogniser;
    }

    public IReadOnlyList<DetectorInfo> Detectors { get; }

    /// <summary>Builds a dictionary of terms that a policy lists.</summary>
    /// <param name="detector">What a match is reported as.</param>
    /// <param name="terms">Words or phrases; white space inside one stands for any white space.</param>
    /// <param name="options">How they are compared.</param>
    /// <exception cref="DictionaryException">A term is empty or too long, or there are none or too many.</exception>
    public static DictionaryFamily Create(DetectorInfo detector, IEnumerable<string> terms, DictionaryOptions options)
    {
        var list = new List<string>();
        foreach (var term in terms)
        {
            Add(list, term.Trim(), "Term", list.Count + 1);
        }

        return Build(detector, list, options);
    }

    /// <summary>Reads a dictionary: a term a line; empty lines and lines that begin with <c>#</c> are passed over.</summary>
    /// <exception cref="DictionaryException">A term is too long, or there are none or too many.</exception>
    public static DictionaryFamily Read(DetectorInfo detector, TextReader lines, DictionaryOptions options)
    {
        var list = new List<string>();
        var number = 0;
        while (lines.ReadLine() is { } line)
        {
            number++;
            line = line.Trim();
            if (line.Length > 0 && line[0] != '#')
            {
                Add(list, line, "Line", number);
            }
        }

        return Build(detector, list, options);
    }

    public IRecogniser Compile(IReadOnlyCollection<DetectorInfo> wanted) => recogniser;

    private static void Add(List<string> list, string term, string kind, int number)
    {
        if (term.Length is 0 or > MaxTermLength)
        {
            throw new DictionaryException(string.Create(
                CultureInfo.InvariantCulture, $"{kind} {number}: a term has 1 to {MaxTermLength} characters; this one has {term.Length}."));
        }

        if (list.Count == MaxTerms)
        {
            throw new DictionaryException(string.Create(
                CultureInfo.InvariantCulture, $"{kind} {number}: a dictionary takes at most {MaxTerms} terms. Split it in two."));
        }

        list.Add(term);
    }

    private static DictionaryFamily Build(DetectorInfo detector, List<string> terms, DictionaryOptions options)
    {
        if (terms.Count == 0)
        {
            throw new DictionaryException("A dictionary without terms finds nothing. Add one, or remove the dictionary.");
        }

        var folding = new TermFolding(options, terms);
        var automaton = TermAutomaton.Build(terms, folding, options.WholeWords);
        return automaton.MaxLength > 0
            ? new DictionaryFamily(detector, new TermRecogniser(detector, automaton, options))
            : throw new DictionaryException("The terms of this dictionary are made of nothing but combining marks, which it ignores.");
    }
}
