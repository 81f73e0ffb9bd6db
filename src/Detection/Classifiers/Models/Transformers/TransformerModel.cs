using EdgeFilter.Detection.Tokenizers;

namespace EdgeFilter.Detection.Classifiers.Models.Transformers;

/// <summary>A Hugging Face model, loaded and warmed up: texts in, what the graph says of their tokens out.</summary>
internal sealed class TransformerModel : IDisposable
{
    private readonly TransformerGraph graph;
    private readonly RunQueue queue;

    /// <exception cref="ModelException">The files can't be used, or not together.</exception>
    public TransformerModel(HuggingFaceFolder folder, ModelGovernor governor, ModelRuntimeOptions options)
    {
        Name = folder.Manifest.Model;
        Config = folder.Config;
        Tokenizer = ReadTokenizer(folder);
        Windows = new TokenWindows(Tokenizer, folder.MostTokens);
        graph = new TransformerGraph(Name, folder.Graph, Config, options);
        queue = new RunQueue(Name, graph, governor, options);
        try
        {
            WarmUp();
        }
        catch (ClassifierException failed)
        {
            graph.Dispose();
            throw new ModelException(
                Name,
                ModelFault.Unusable,
                $"Model '{Name}' can't be used: its graph fails on a first text. tokenizer.json has ids up to {Tokenizer.VocabularySize - 1} and inputs have up to {folder.MostTokens} tokens: are the three files those of one model?",
                failed);
        }
    }

    public string Name { get; }

    public TransformerConfig Config { get; }

    public Tokenizer Tokenizer { get; }

    public TokenWindows Windows { get; }

    /// <exception cref="ClassifierException">The model can't answer.</exception>
    public void Run(IReadOnlyList<TokenRow> rows) => queue.Run(rows);

    /// <exception cref="ClassifierException">The tokenizer has no answer for this text.</exception>
    public void Encode(ReadOnlySpan<char> text, EncodedText result)
    {
        try
        {
            Tokenizer.Encode(text, result, framed: false);
        }
        catch (TokenizerException refused)
        {
            throw new ClassifierException($"Model '{Name}' can't read a text: {refused.Message}", refused);
        }
    }

    public void Dispose() => graph.Dispose();

    private static Tokenizer ReadTokenizer(HuggingFaceFolder folder)
    {
        try
        {
            return Tokenizer.Read(folder.TokenizerFile);
        }
        catch (TokenizerException wrong)
        {
            throw new ModelException(folder.Manifest.Model, ModelFault.Unusable, $"Model '{folder.Manifest.Model}' can't be used: {wrong.Message}", wrong);
        }
    }

    /// <summary>
    /// Runs the longest input with the highest id in it, so that a vocabulary or a length that doesn't fit shows now and not on a
    /// user's text; a short one too, since first runs take longest.
    /// </summary>
    private void WarmUp()
    {
        var highest = Math.Max(0, Tokenizer.VocabularySize - 1);
        var probe = new EncodedText();
        Encode("a", probe);
        for (var i = 0; i < Windows.Step + Windows.Overlap; i++)
        {
            probe.Add(highest, 0, 0);
        }

        var rows = new List<TokenRow>();
        Windows.Add(probe, rows);
        probe.Clear();
        Encode("A short text to begin with.", probe);
        Windows.Add(probe, rows);
        foreach (var row in rows)
        {
            graph.Run([row], TimeSpan.FromMinutes(1));
        }
    }
}
