using System.Collections.Frozen;
using System.Text.Json;
using EdgeFilter.Policies;

namespace EdgeFilter.Proxy.Bodies;

/// <summary>
/// Reads a protocol table. One line says what one place carries:
/// <code>
/// messages[]                message                  texts below are read as one
/// messages[].role           word role                the member that says who speaks
/// messages[].content        text                     by that role
/// messages[].content[]      -> part                  goes on in the lines that begin with "part"
/// part.text                 text
/// part.type                 word type of text image  the member that says what a part is, and the types we know
/// part.data                 media image when base64  only in objects whose type is one of these
/// tools[].**                text tool-definition     everything below, at any depth
/// tools[].name              opaque -- the client's code knows the tool by it
/// </code>
/// Behind the path stand a <see cref="FieldKind"/>, <see cref="FieldTraits"/>, a <see cref="SegmentRole"/>, <c>below ROLE</c>
/// (who speaks in what lies inside) and a note behind <c>--</c>, as far as they apply. <c>*</c> is any member, <c>[]</c> any
/// element, <c>.</c> the body. Names that begin a fragment are those that some <c>-></c> points at; <c>-> @</c> goes on in another
/// description, for bodies that hold whole bodies. Mistakes throw: tables are code.
/// </summary>
internal static class FieldMapParser
{
    private const string Mounted = "@";
    private const string Body = ".";

    private static readonly Dictionary<string, FieldKind> Kinds = Enum.GetValues<FieldKind>()
        .Where(k => k != FieldKind.Unknown).ToDictionary(k => k.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    private static readonly Dictionary<string, FieldTraits> TraitWords = Enum.GetValues<FieldTraits>()
        .Where(t => t != FieldTraits.None).ToDictionary(t => t.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    private static readonly Dictionary<string, MediaKind> Media = Enum.GetValues<MediaKind>()
        .Where(m => m != MediaKind.None).ToDictionary(m => m.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    private static readonly Dictionary<string, SegmentRole> Roles = new(StringComparer.Ordinal)
    {
        ["system"] = SegmentRole.System,
        ["developer"] = SegmentRole.Developer,
        ["user"] = SegmentRole.User,
        ["assistant"] = SegmentRole.Assistant,
        ["reasoning"] = SegmentRole.Reasoning,
        ["tool-arguments"] = SegmentRole.ToolArguments,
        ["tool-result"] = SegmentRole.ToolResult,
        ["tool-definition"] = SegmentRole.ToolDefinition,
        ["retrieved"] = SegmentRole.Retrieved,
        ["metadata"] = SegmentRole.Metadata,
    };

    public static FieldMap Parse(string table, bool snakeCaseToo = false, FieldMap? mounted = null)
    {
        var lines = table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith('#')).Select(SplitNote).ToArray();
        var graph = new Graph();
        foreach (var fragment in lines.Where(l => l.Words.Length > 2 && l.Words[1] == "->").Select(l => l.Words[2]).Distinct())
        {
            if (fragment == Mounted)
            {
                graph.Mount(fragment, lines.First(l => l.Words.Length > 2 && l.Words[2] == Mounted).Words[0], mounted ?? throw new FormatException("Nothing is mounted."));
            }
            else
            {
                graph.AddFragment(fragment);
            }
        }

        foreach (var line in lines.Where(l => IsAlias(l.Words) && l.Words[0] != Body))
        {
            graph.Alias(line.Words[0], line.Words[2]);
        }

        foreach (var (words, note) in lines.Where(l => !IsAlias(l.Words)))
        {
            Describe(graph.Field(words[0]), words.AsSpan(1), note, words[0]);
        }

        // The body takes over what a fragment knows once all of that is said.
        foreach (var line in lines.Where(l => IsAlias(l.Words) && l.Words[0] == Body))
        {
            graph.Alias(line.Words[0], line.Words[2]);
        }

        return graph.Compile(snakeCaseToo);
    }

    private static bool IsAlias(string[] words) => words.Length > 2 && words[1] == "->";

    private static (string[] Words, string Note) SplitNote(string line)
    {
        var parts = line.Split(" -- ", 2);
        return (parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries), parts.Length > 1 ? parts[1].Trim() : "");
    }

    private static void Describe(FieldInfo field, ReadOnlySpan<string> words, string note, string path)
    {
        FieldKind? kind = null;
        SegmentRole? role = null;
        List<string>? types = null;
        List<string>? known = null;
        var media = MediaKind.None;
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i] == "when")
            {
                types = [];
            }
            else if (words[i] == "of")
            {
                known = [];
            }
            else if ((types ?? known) is { } list)
            {
                list.Add(words[i]);
            }
            else if (words[i] == "below" && i + 1 < words.Length)
            {
                field.RoleBelow = Roles[words[++i]];
            }
            else if (Kinds.TryGetValue(words[i], out var k))
            {
                kind = k;
            }
            else if (TraitWords.TryGetValue(words[i], out var trait))
            {
                field.Traits |= trait;
            }
            else if (Media.TryGetValue(words[i], out var m))
            {
                media = m;
            }
            else if (Roles.TryGetValue(words[i], out var r))
            {
                role = r;
            }
            else
            {
                throw new FormatException($"'{words[i]}' in the line of '{path}' is not a word of protocol tables.");
            }
        }

        if (kind is { } carried)
        {
            field.Rules = [.. field.Rules, new FieldRule
            {
                Kind = carried, Role = role, OnlyForTypes = types, Words = known, Media = media, Note = note,
            }];
        }
        else if (role is not null || types is not null)
        {
            throw new FormatException($"The line of '{path}' says who speaks but not what it carries.");
        }
    }

    private sealed class Graph
    {
        private readonly List<FieldInfo> fields = [];
        private readonly List<Dictionary<string, short>> members = [];
        private readonly Dictionary<string, short> fragments = new(StringComparer.Ordinal);
        private readonly Dictionary<int, FrozenDictionary<string, string>> spelled = [];

        public Graph()
        {
            Add("(unknown)");
            Add("(body)");
        }

        public void AddFragment(string name) => fragments[name] = Add(name);

        /// <summary>Copies another description, whose body becomes a fragment.</summary>
        public void Mount(string name, string path, FieldMap map)
        {
            var offset = checked((short)fields.Count);
            foreach (var field in map.Fields)
            {
                var copy = fields[Add(field.Id == FieldMap.Root ? path : Join(path, field.Path))];
                (copy.Rules, copy.Traits, copy.RoleBelow) = (field.Rules, field.Traits, field.RoleBelow);
            }

            foreach (var field in map.Fields)
            {
                foreach (var (step, next) in map.StepsFrom(field.Id))
                {
                    members[offset + field.Id][step] = checked((short)(offset + next));
                }

                if (map.SpellingsOf(field.Id) is { } spellings)
                {
                    spelled.Add(offset + field.Id, spellings);
                }
            }

            fragments[name] = checked((short)(offset + FieldMap.Root));
        }

        /// <summary>Makes the place at <paramref name="path"/> the fragment itself.</summary>
        public void Alias(string path, string fragment)
        {
            var steps = Split(path);
            if (steps.Length == 0)
            {
                // The body itself: what the fragment knows, this body knows as well.
                foreach (var (step, next) in members[fragments[fragment]])
                {
                    members[FieldMap.Root].TryAdd(step, next);
                }

                fields[FieldMap.Root].Traits |= fields[fragments[fragment]].Traits;
                return;
            }

            members[Walk(steps.AsSpan(..^1))][steps[^1]] = fragments[fragment];
        }

        public FieldInfo Field(string path) => fields[Walk(Split(path))];

        private short Walk(ReadOnlySpan<string> steps)
        {
            var at = FieldMap.Root;
            for (var i = 0; i < steps.Length; i++)
            {
                if (i == 0 && fragments.TryGetValue(steps[0], out var fragment))
                {
                    at = fragment;
                    continue;
                }

                if (!members[at].TryGetValue(steps[i], out var next))
                {
                    next = Add(at == FieldMap.Root ? steps[i] : Join(fields[at].Path, steps[i]));
                    members[at][steps[i]] = next;
                    if (steps[i] == "**")
                    {
                        members[next]["*"] = next;
                        members[next]["[]"] = next;
                        members[at].TryAdd("*", next);
                        members[at].TryAdd("[]", next);
                        fields[next].Traits |= FieldTraits.Free;
                        fields[at].Traits |= FieldTraits.Free;
                    }
                    else if (steps[i] == "*")
                    {
                        fields[at].Traits |= FieldTraits.Free;
                    }
                }

                at = next;
            }

            return at;
        }

        public FieldMap Compile(bool snakeCaseToo)
        {
            var steps = new FieldMap.Step[fields.Count];
            for (var i = 0; i < steps.Length; i++)
            {
                var named = members[i].Where(m => m.Key is not ("*" or "**" or "[]")).ToArray();
                var respelled = snakeCaseToo
                    ? named.Select(m => (Snake: JsonNamingPolicy.SnakeCaseLower.ConvertName(m.Key), m.Key, m.Value)).Where(m => m.Snake != m.Key).ToArray()
                    : [];
                named = [.. named, .. respelled.Select(m => KeyValuePair.Create(m.Snake, m.Value))];
                steps[i] = new FieldMap.Step(
                    named.Length == 0 ? null : named.ToFrozenDictionary(m => m.Key, m => m.Value, StringComparer.Ordinal),
                    named.Length == 0 ? null : InAnyCase(named),
                    respelled.Length == 0 ? spelled.GetValueOrDefault(i) : respelled.ToFrozenDictionary(m => m.Snake, m => m.Key, StringComparer.Ordinal),
                    members[i].GetValueOrDefault("*", FieldMap.Unknown),
                    members[i].GetValueOrDefault("[]", FieldMap.Unknown),
                    (fields[i].Traits & FieldTraits.Free) != 0);
            }

            return new FieldMap(fields, steps);
        }

        private static FrozenDictionary<string, short> InAnyCase(IEnumerable<KeyValuePair<string, short>> named) => named
            .GroupBy(m => m.Key, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(g => g.Key, g => g.First().Value, StringComparer.OrdinalIgnoreCase);

        private short Add(string path)
        {
            var id = checked((short)fields.Count);
            fields.Add(new FieldInfo { Id = id, Path = path });
            members.Add(new Dictionary<string, short>(StringComparer.Ordinal));
            return id;
        }

        private static string Join(string path, string step) => step == "[]" ? path + step : $"{path}.{step}";

        // "a[].b.**" → a, [], b, **
        private static string[] Split(string path) => path.Replace("[]", ".[]", StringComparison.Ordinal)
            .Split('.', StringSplitOptions.RemoveEmptyEntries);
    }
}
