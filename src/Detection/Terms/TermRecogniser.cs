using System.Numerics;

namespace EdgeFilter.Detection.Terms;

/// <summary>Follows the automaton through a text and reports, where terms end, the longest of them.</summary>
internal sealed class TermRecogniser : IRecogniser
{
    // White space and marks inside a term count as one symbol or none; a longer run of them ends it.
    private const int MaxSkipped = 3;

    private readonly DetectorInfo detector;
    private readonly TermAutomaton automaton;
    private readonly TermFolding folding;
    private readonly bool wholeWords;
    private readonly float confidence;
    private readonly int placesLength;

    public TermRecogniser(DetectorInfo detector, TermAutomaton automaton, DictionaryOptions options)
    {
        this.detector = detector;
        this.automaton = automaton;
        folding = automaton.Folding;
        wholeWords = options.WholeWords;
        confidence = options.Confidence;
        placesLength = (int)BitOperations.RoundUpToPowerOf2((uint)automaton.MaxLength);
        Reach = new Reach(MaxSkipped + 2, automaton.MaxLength * (1 + MaxSkipped), 1 + MaxSkipped);
    }

    public Reach Reach { get; }

    public void Recognise(in TextWindow window, FindingCollector findings)
    {
        var text = window.Text;
        var symbols = folding.Symbols;
        var classes = folding.Classes;
        var space = folding.SpaceSymbol;

        // Where the last symbols stand: a term may be longer in the text than in the dictionary.
        Span<int> places = stackalloc int[placesLength];
        var count = 0;
        var skipped = 0;
        var end = window.From;
        var state = TermAutomaton.Root;
        var marks = MarksBefore(text, window.From);
        var before = ClassBefore(text, window.From, marks);
        ushort previous = 0;
        for (var i = window.From; i < text.Length; i++)
        {
            var c = text[i];
            var symbol = symbols[c];
            if (symbol == TermFolding.Skipped)
            {
                marks++;
                end = i + 1;
                if (marks > MaxSkipped)
                {
                    state = TermAutomaton.Root;
                    before = WordClass.Letter;
                }

                continue;
            }

            if (symbol == space && symbol == previous && space != 0 && skipped < MaxSkipped)
            {
                skipped++;
                continue;
            }

            marks = 0;
            var wordClass = classes[c];
            if (automaton.TermAt(state) > 0 && IsEnd(before, wordClass))
            {
                Report(findings, places, count, automaton.TermAt(state), end);
            }

            state = symbol == 0 ? TermAutomaton.Root : Step(state, symbol, before, wordClass);
            places[count++ & (places.Length - 1)] = i;
            skipped = 0;
            end = i + 1;
            before = wordClass;
            previous = symbol;
        }

        if (window.IsFinal && automaton.TermAt(state) > 0)
        {
            Report(findings, places, count, automaton.TermAt(state), end);
        }
        else if (!window.IsFinal && state != TermAutomaton.Root)
        {
            findings.Hold(StartOf(places, count, automaton.DepthOf(state)));
        }
    }

    private int MarksBefore(ReadOnlySpan<char> text, int from)
    {
        var marks = 0;
        while (marks <= MaxSkipped && marks < from && folding.Symbols[text[from - 1 - marks]] == TermFolding.Skipped)
        {
            marks++;
        }

        return marks;
    }

    private WordClass ClassBefore(ReadOnlySpan<char> text, int from, int marks)
    {
        if (marks > MaxSkipped)
        {
            return WordClass.Letter;
        }

        return from > marks ? folding.Classes[text[from - 1 - marks]] : WordClass.None;
    }

    private int Step(int state, ushort symbol, WordClass before, WordClass wordClass)
    {
        while (state != TermAutomaton.Root)
        {
            var next = automaton.Next(state, symbol);
            if (next != TermAutomaton.Root)
            {
                return next;
            }

            state = automaton.FailureOf(state);
        }

        return !wholeWords || TermFolding.IsBoundary(before, wordClass) ? automaton.Next(TermAutomaton.Root, symbol) : TermAutomaton.Root;
    }

    private bool IsEnd(WordClass before, WordClass after) => !wholeWords || TermFolding.IsBoundary(before, after);

    private void Report(FindingCollector findings, ReadOnlySpan<int> places, int count, int length, int end)
    {
        var start = StartOf(places, count, length);
        findings.Add(detector, start, end - start, confidence);
    }

    private static int StartOf(ReadOnlySpan<int> places, int count, int length) =>
        places[(count - length) & (places.Length - 1)];
}
