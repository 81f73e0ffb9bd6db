using EdgeFilter.Detection.Classifiers.Models;

namespace EdgeFilter.Detection.Classifiers.Names;

/// <summary>The loaded model behind name recognition: tokens in, for each the most probable kind of name out.</summary>
internal sealed class NameModel : IDisposable
{
    /// <summary>How many tokens before a token the model looks at.</summary>
    public const int SightBefore = 8;

    /// <summary>How many tokens behind a token the model looks at: few, because a stream has to wait for them.</summary>
    public const int SightBehind = 4;

    /// <summary>Tokens that one run judges.</summary>
    private const int BlockLength = 256;

    private const int Longest = BlockLength + SightBefore + SightBehind;

    private readonly RowSession session;
    private readonly int tags;

    /// <exception cref="ModelException">The graph does not do what the manifest says.</exception>
    public NameModel(ModelManifest manifest, byte[] graph)
    {
        Name = manifest.Model;
        Kinds = [.. manifest.Labels.Select(l => l.Label)];
        Tokens = new NameTokens(manifest.Input.HalfBits);
        tags = 1 + (2 * Kinds.Count);
        session = new RowSession(Name, graph, NameTokens.Slots, Longest, tokens => [tokens, tags]);
        try
        {
            var list = new NameTokenList();
            for (var i = 0; i < Longest; i++)
            {
                list.Add(i, i + 1, LastRow());
            }

            Judge(list, 0, new NameTag[list.Count]);
        }
        catch (ClassifierException failed)
        {
            session.Dispose();
            throw new ModelException(Name, ModelFault.Unusable, $"Model '{Name}' can't be used: the graph does not give {tags} tags for each token, as its manifest says.", failed);
        }
    }

    public string Name { get; }

    /// <summary>Entities that it knows, in the order of its tags: O, then B and I of each.</summary>
    public IReadOnlyList<string> Kinds { get; }

    public NameTokens Tokens { get; }

    /// <summary>Tags tokens from one on; what stands before it is context.</summary>
    /// <exception cref="ClassifierException">The model failed or was unloaded.</exception>
    public void Judge(NameTokenList tokens, int from, Span<NameTag> result)
    {
        var buffers = session.Rent();
        try
        {
            for (var start = from; start < tokens.Count; start += BlockLength)
            {
                var end = Math.Min(tokens.Count, start + BlockLength);
                var first = Math.Max(0, start - SightBefore);
                var last = Math.Min(tokens.Count, end + SightBehind);
                tokens.Rows[(first * NameTokens.Slots)..(last * NameTokens.Slots)].CopyTo(buffers.Rows);
                session.Run(buffers, last - first);
                for (var token = start; token < end; token++)
                {
                    result[token] = tokens.IsBreak(token) ? default : Best(buffers.Scores.Slice((token - first) * tags, tags));
                }
            }
        }
        finally
        {
            session.Return(buffers);
        }
    }

    public void Dispose() => session.Dispose();

    /// <summary>A token that reads the end of the table: a table shorter than the manifest says fails as it loads.</summary>
    private int[] LastRow()
    {
        var rows = new int[NameTokens.Slots];
        rows[0] = Tokens.TableRows - 1;
        return rows;
    }

    private static NameTag Best(ReadOnlySpan<float> scores)
    {
        var kind = 0;
        var best = scores[0];
        for (var i = 1; i < scores.Length; i += 2)
        {
            var both = scores[i] + scores[i + 1];
            if (both > best)
            {
                best = both;
                kind = i;
            }
        }

        return kind == 0 ? default : new NameTag((byte)((kind + 1) / 2), scores[kind] >= scores[kind + 1], best);
    }
}
