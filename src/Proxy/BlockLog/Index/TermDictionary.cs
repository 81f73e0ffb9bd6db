namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Numbers for terms. Bounded for each field, so that a client that makes up names can't grow it without end.</summary>
internal sealed class TermDictionary
{
    public const int MaxPerField = 20_000;

    /// <summary>Stands for every further text of a field once it has <see cref="MaxPerField"/>.</summary>
    public const string Others = "(others)";

    private readonly Dictionary<Term, int> _ids = [];
    private readonly Dictionary<int, TermField> _fields = [];
    private readonly Dictionary<TermField, int> _counts = [];

    public int LastId { get; private set; }

    /// <summary>Enters a term that the store knows.</summary>
    public void Load(int id, Term term)
    {
        _ids[term] = id;
        _fields[id] = term.Field;
        _counts[term.Field] = _counts.GetValueOrDefault(term.Field) + 1;
        LastId = Math.Max(LastId, id);
    }

    public TermField FieldOf(int id) => _fields[id];

    public bool TryGet(Term term, out int id) => _ids.TryGetValue(term, out id);

    /// <summary>The term's number; a new one is announced through <paramref name="added"/> so that it is stored with the record.</summary>
    public int GetOrAdd(Term term, Action<int, Term> added)
    {
        if (_ids.TryGetValue(term, out var id))
        {
            return id;
        }

        if (_counts.GetValueOrDefault(term.Field) >= MaxPerField && term.Text != Others)
        {
            return GetOrAdd(term with { Text = Others }, added);
        }

        id = LastId + 1;
        Load(id, term);
        added(id, term);
        return id;
    }
}
