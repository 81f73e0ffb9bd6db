namespace EdgeFilter.Detection.Patterns;

/// <summary>
/// A deterministic automaton whose states are made as they are met. Reading is lock-free; making a state takes a lock.
/// Its memory is bounded: past the limit it forgets all states and begins again, which costs time linear in the pattern.
/// </summary>
internal sealed class LazyDfa
{
    /// <summary>The transition is not known yet.</summary>
    private const int Unknown = 0;

    // The first state of every generation.
    private const int DeadIndex = 1;

    /// <summary>Set on a state in which the text read so far is a match.</summary>
    public const int Accepting = 1;

    /// <summary>Set on a state that no further character leaves alive.</summary>
    public const int Stuck = 2;

    private const int Flags = 2;
    private const int MaxStates = 8_192;
    private readonly CharClasses classes;

    // No match can come of this state.
    private readonly int dead;
    private readonly Func<int, IEnumerable<int>> next;
    private readonly int[] first;
    private readonly bool[] accepting;
    private readonly bool startAccepts;
    private readonly bool restarts;
    private readonly Lock gate = new();
    private volatile Generation generation;

    /// <param name="classes">The character classes of the positions.</param>
    /// <param name="first">Positions that can be read first.</param>
    /// <param name="next">Positions that can be read after a position.</param>
    /// <param name="accepting">For each position, whether a match may end with it.</param>
    /// <param name="startAccepts">Whether the empty text is a match.</param>
    /// <param name="restarts">Whether a match may begin at every place, not only at the first.</param>
    public LazyDfa(CharClasses classes, int[] first, Func<int, IEnumerable<int>> next, bool[] accepting, bool startAccepts, bool restarts)
    {
        this.classes = classes;
        dead = (DeadIndex * classes.Count << Flags) | Stuck;
        this.first = first;
        this.next = next;
        this.accepting = accepting;
        this.startAccepts = startAccepts;
        this.restarts = restarts;
        generation = new Generation(this);
    }

    /// <summary>A cursor at the beginning. A state is where its transitions begin in the table, with <see cref="Accepting"/> and <see cref="Stuck"/> in its low bits.</summary>
    public Cursor Begin()
    {
        var current = generation;
        return new Cursor(this, current, current.StartState);
    }

    /// <summary>Reads from the beginning of a text for as long as a match could still become longer.</summary>
    /// <param name="text">What to read.</param>
    /// <param name="isOpen">True when the text ended before that was settled.</param>
    /// <returns>The length of the longest match; -1 without one.</returns>
    public int Longest(ReadOnlySpan<char> text, out bool isOpen)
    {
        // The same as a cursor, with all that the loop needs at hand.
        var of = generation;
        var table = of.Table;
        var state = of.StartState;
        var map = classes;
        var ascii = map.OfAscii;
        var length = (state & Accepting) != 0 ? 0 : -1;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var charClass = c < ascii.Length ? ascii[c] : map.ClassOf(c);
            var index = (state >> Flags) + charClass;
            var found = (uint)index < (uint)table.Length ? Volatile.Read(ref table[index]) : Unknown;
            if (found == Unknown)
            {
                found = Make(ref of, state, charClass);
                table = of.Table;
            }

            state = found;
            if ((state & (Accepting | Stuck)) == 0)
            {
                continue;
            }

            if ((state & Accepting) != 0)
            {
                length = i + 1;
            }

            if ((state & Stuck) != 0)
            {
                isOpen = false;
                return length;
            }
        }

        isOpen = true;
        return length;
    }

    /// <summary>Where a run through the automaton stands.</summary>
    public ref struct Cursor
    {
        private readonly LazyDfa owner;
        private Generation generation;

        internal Cursor(LazyDfa owner, Generation generation, int state)
        {
            this.owner = owner;
            this.generation = generation;
            State = state;
        }

        public int State { get; private set; }

        public readonly bool IsDead => State == owner.dead;

        public readonly bool IsAccepting => (State & Accepting) != 0;

        public void Read(char c)
        {
            var charClass = owner.classes.ClassOf(c);
            var table = generation.Table;
            var index = (State >> Flags) + charClass;
            var found = (uint)index < (uint)table.Length ? Volatile.Read(ref table[index]) : Unknown;
            State = found != Unknown ? found : owner.Make(ref generation, State, charClass);
        }
    }

    private int Make(ref Generation of, int state, int charClass)
    {
        lock (gate)
        {
            // A cursor keeps to its generation: the states of a newer one are numbered differently.
            var made = of.Step(state >> Flags, charClass);
            if (of.Count > MaxStates && ReferenceEquals(of, generation))
            {
                generation = new Generation(this);
            }

            if (of.Count > 2 * MaxStates)
            {
                // This cursor alone has met too many: carry its place over into the new generation.
                var positions = of.PositionsOf(made >> Flags);
                of = generation;
                made = of.StateOf(positions);
            }

            return made;
        }
    }

    internal sealed class Generation
    {
        private readonly LazyDfa owner;
        private readonly Dictionary<int[], int> known = new(PositionsComparer.Instance);
        private readonly List<int[]> positions = [];
        private volatile int[] table;

        public Generation(LazyDfa owner)
        {
            this.owner = owner;
            table = new int[16 * owner.classes.Count];
            positions.Add([]); // index 0: never used, so that Unknown is not a state
            positions.Add([]); // index 1: dead
            for (var c = 0; c < owner.classes.Count; c++)
            {
                table[owner.classes.Count + c] = owner.dead;
            }

            // The beginning is a state of its own: nothing has been read.
            positions.Add([-1]);
            StartState = (2 * owner.classes.Count << Flags) | (owner.startAccepts ? Accepting : 0);
            known.Add([-1], StartState);
        }

        public int StartState { get; }

        public int[] Table => table;

        public int Count => positions.Count;

        public int[] PositionsOf(int transitions) => positions[transitions / owner.classes.Count];

        public int Step(int transitions, int charClass)
        {
            var reached = new SortedSet<int>();
            foreach (var p in PositionsOf(transitions))
            {
                Collect(p < 0 ? owner.first : owner.next(p), charClass, reached);
            }

            if (owner.restarts)
            {
                Collect(owner.first, charClass, reached);
            }

            var made = reached.Count == 0 && !owner.restarts ? owner.dead : StateOf([.. reached]);
            Volatile.Write(ref table[transitions + charClass], made);
            return made;
        }

        public int StateOf(int[] set)
        {
            if (set.Length == 0 && !owner.restarts)
            {
                return owner.dead;
            }

            if (known.TryGetValue(set, out var state))
            {
                return state;
            }

            var index = positions.Count;
            positions.Add(set);
            if ((index + 1) * owner.classes.Count > table.Length)
            {
                var larger = new int[table.Length * 2];
                table.CopyTo(larger, 0);
                table = larger;
            }

            var accepts = Array.Exists(set, p => p < 0 ? owner.startAccepts : owner.accepting[p]);
            var stuck = !owner.restarts && !Array.Exists(set, p => p < 0 || owner.next(p).Any());
            state = (index * owner.classes.Count << Flags) | (accepts ? Accepting : 0) | (stuck ? Stuck : 0);
            known.Add(set, state);
            return state;
        }

        private void Collect(IEnumerable<int> from, int charClass, SortedSet<int> into)
        {
            foreach (var q in from)
            {
                if (owner.classes.Matches(q, charClass))
                {
                    into.Add(q);
                }
            }
        }
    }

    private sealed class PositionsComparer : IEqualityComparer<int[]>
    {
        public static PositionsComparer Instance { get; } = new();

        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] obj)
        {
            var hash = default(HashCode);
            foreach (var p in obj)
            {
                hash.Add(p);
            }

            return hash.ToHashCode();
        }
    }
}
