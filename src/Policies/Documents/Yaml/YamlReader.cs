using EdgeFilter.Policies.Validation;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace EdgeFilter.Policies.Documents.Yaml;

/// <summary>
/// Reads one YAML document, strictly: no aliases, anchors, tags, merge keys, second documents or repeated keys, and bounded in
/// size and depth. Problems are collected; after a broken piece of syntax nothing further can be trusted and reading ends.
/// </summary>
internal sealed class YamlReader
{
    /// <summary>Bytes. A policy that is longer is several policies.</summary>
    public const int LargestFile = 1 << 20;

    /// <summary>Lists and mappings inside one another.</summary>
    public const int DeepestNesting = 32;

    private readonly string file;
    private readonly ProblemList problems;
    private readonly Parser parser;
    private readonly HashSet<string> aliases = new(StringComparer.Ordinal);

    private YamlReader(string text, string file, ProblemList problems)
    {
        this.file = file;
        this.problems = problems;
        parser = new Parser(new StringReader(text));
    }

    /// <returns>The document's root, or null when it could not be read; the problems then say why.</returns>
    public static YamlNode? Read(ReadOnlySpan<byte> bytes, string file, ProblemList problems)
    {
        if (SourceText.Decode(bytes, file, problems) is not { } text)
        {
            return null;
        }

        var reader = new YamlReader(text, file, problems);
        try
        {
            return reader.ReadDocument();
        }
        catch (StopReadingException)
        {
            return null;
        }
        catch (YamlException e)
        {
            problems.Add(SyntaxProblem(e.Message, e.Start, text, file));
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The parser meets some broken inputs with exceptions of its own making. A file must never end the program.
            problems.Add(SyntaxProblem("", reader.parser.Current?.End ?? Mark.Empty, text, file));
            return null;
        }
    }

    private static PolicyProblem SyntaxProblem(string message, in Mark at, string text, string file)
    {
        var line = (int)Math.Clamp(at.Line, 1, int.MaxValue);
        var column = (int)Math.Clamp(at.Column, 1, int.MaxValue);
        if (SourceText.MergeMark(text) is { } mark)
        {
            return new(ProblemKinds.Syntax, new SourcePlace(file, mark, 1), "this line is the mark of a merge that nobody has finished: keep one of the two versions, and remove the three marks.");
        }

        if (SourceText.IndentingTab(text, line, message.Contains("tab", StringComparison.Ordinal)) is { } tab)
        {
            return new(ProblemKinds.Tab, new SourcePlace(file, tab.Line, tab.Column), "a tab indents this line; YAML allows only spaces there.");
        }

        return new(ProblemKinds.Syntax, new SourcePlace(file, line, column), $"this is not YAML from here on: {SyntaxWords.Of(message)}");
    }

    private YamlNode? ReadDocument()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            problems.Add(ProblemKinds.Empty, new SourcePlace(file, 1, 1), "the file is empty; a policy begins with 'policy: its-name'.");
            return null;
        }

        parser.Consume<DocumentStart>();
        var root = ReadNode(0);
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
        {
            problems.Add(
                ProblemKinds.SecondDocument,
                Place(second.Start),
                "a second document begins here ('---'); write one document per file.");
        }

        return root;
    }

    private YamlNode ReadNode(int depth)
    {
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            // Once for each name: a file of aliases would bury all other messages.
            if (aliases.Add(alias.Value.Value))
            {
                problems.Add(
                    ProblemKinds.Alias,
                    Place(alias.Start),
                    $"'*{PlainScalar.Shorten(alias.Value.Value)}' repeats another part of the file; aliases are not allowed: write the part out, or move it to a policy that both extend.");
            }

            return new YamlRefused(Place(alias.Start));
        }

        if (parser.Accept<NodeEvent>(out var node))
        {
            RefuseDecorations(node);
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return new YamlScalar(Place(scalar.Start), scalar.Value, scalar.Style == ScalarStyle.Plain);
        }

        if (depth >= DeepestNesting)
        {
            var at = Place(parser.Current!.Start);
            problems.Add(ProblemKinds.TooDeep, at, $"lists and mappings are nested more than {DeepestNesting} deep here; nothing behind this was read.");

            // Going on would let the parser's own bookkeeping grow with the square of the depth.
            throw new StopReadingException();
        }

        return parser.Accept<SequenceStart>(out _) ? ReadList(depth) : ReadMap(depth);
    }

    private void RefuseDecorations(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty)
        {
            problems.Add(
                ProblemKinds.Alias,
                Place(node.Start),
                $"the anchor '&{PlainScalar.Shorten(node.Anchor.Value)}' is not allowed: parts can't be repeated by reference; write them out, or move them to a policy that both extend.");
        }

        if (!node.Tag.IsEmpty && node.Tag.Value != "!")
        {
            problems.Add(
                ProblemKinds.Tag,
                Place(node.Start),
                $"the tag '{PlainScalar.Shorten(node.Tag.Value)}' is not allowed: values have the type that their key asks for; leave the tag out.");
        }
    }

    private YamlList ReadList(int depth)
    {
        var start = parser.Consume<SequenceStart>();
        var items = new List<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
        }

        return new YamlList(Place(start.Start), items);
    }

    private YamlMap ReadMap(int depth)
    {
        var start = parser.Consume<MappingStart>();
        var entries = new List<YamlEntry>();
        var seen = new Dictionary<string, SourcePlace>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            if (key is not YamlScalar name)
            {
                if (key is not YamlRefused)
                {
                    problems.Add(ProblemKinds.KeyIsNotText, key.At, $"{key.Describe()} stands where a key belongs; keys are plain words.");
                }
            }
            else if (name is { IsPlain: true, Text: "<<" })
            {
                problems.Add(ProblemKinds.Alias, name.At, "'<<' merges another mapping; merge keys are not allowed: write the keys out, or use 'extends'.");
            }
            else if (!seen.TryAdd(name.Text, name.At))
            {
                problems.Add(
                    ProblemKinds.DuplicateKey,
                    name.At,
                    $"'{PlainScalar.Shorten(name.Text)}' is written twice in this mapping, first on line {seen[name.Text].Line}; readers disagree which one counts. Keep one.");
            }
            else
            {
                entries.Add(new YamlEntry(name, value));
            }
        }

        return new YamlMap(Place(start.Start), entries);
    }

    private SourcePlace Place(in Mark mark) => new(file, (int)mark.Line, (int)mark.Column);

    /// <summary>What is wrong is reported already; the rest can't be read within the limits.</summary>
    private sealed class StopReadingException : Exception;
}
