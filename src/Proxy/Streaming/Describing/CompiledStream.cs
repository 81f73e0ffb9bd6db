using System.Collections.Frozen;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>A <see cref="StreamDescription"/> ready to run: every name resolved to a field, every line found by one look-up.</summary>
internal sealed class CompiledStream
{
    private readonly CompiledChannel[]?[] channels;
    private readonly CallRule?[] calls;
    private readonly CompiledClose?[] closesByField;
    private readonly FrozenDictionary<string, CompiledClose[]> closesByType;
    private readonly FrozenDictionary<string, string> types;
    private readonly string?[] remembered;
    private readonly bool[] keys;
    private readonly bool[] callNames;
    private readonly bool[] padding;
    private readonly FieldRule?[] rules;

    private CompiledStream(StreamDescription description)
    {
        Description = description;
        var fields = description.Fields;
        var names = description.Channels.Select(c => c.Channel).Distinct().ToList();
        channels = new CompiledChannel[]?[fields.Fields.Count];
        calls = new CallRule?[channels.Length];
        closesByField = new CompiledClose?[channels.Length];
        remembered = new string?[channels.Length];
        keys = new bool[channels.Length];
        rules = [.. fields.Fields.Select(f => f.Default)];
        callNames = new bool[channels.Length];
        padding = new bool[channels.Length];
        foreach (var path in description.Padding)
        {
            padding[fields.FieldOf(path)] = true;
        }

        Lane = AddKey(KeyPath.Compile(description.Lane, fields));
        LaneToo = AddKey(KeyPath.Compile(description.LaneToo, fields));
        foreach (var group in description.Channels.GroupBy(c => c.Path))
        {
            // Lines that ask for an event type or a flag come before the line for all others.
            channels[fields.FieldOf(group.Key)] = [.. group
                .Select(rule => CompiledChannel.Compile(rule, names.IndexOf(rule.Channel), description))
                .OrderBy(c => c.Rule.EventTypes is null).ThenBy(c => c.Rule.OnlyWith is null)];
        }

        foreach (var channel in channels.Where(c => c is not null).SelectMany(c => c!))
        {
            AddKey(channel.Lane);
            AddKey(channel.Part);
        }

        ArgumentsLine = channels.Where(c => c is not null).SelectMany(c => c!).FirstOrDefault(c => c.IsArguments);
        foreach (var call in description.Calls)
        {
            calls[fields.FieldOf(call.Path)] = call;
            if (call.Name is not null)
            {
                callNames[fields.FieldOf(call.Name)] = true;
            }
        }

        closesByType = CompileCloses(description, names);
        foreach (var path in description.Remembered)
        {
            remembered[fields.FieldOf(path)] = path;
        }

        LaneKind = Field(description.LaneKind);
        EventType = Field(description.EventType);
        Error = Field(description.ErrorPath);
        Delta = Field(description.Delta);
        types = description.Closes.SelectMany(c => c.EventTypes ?? [])
            .Concat(description.Channels.SelectMany(c => c.EventTypes ?? []))
            .Concat(description.LastEvents).Concat(description.KeepAliveTypes).Concat(description.ErrorTypes)
            .Concat(description.RequiredEvents).Concat(description.OtherTypes)
            .Distinct().ToFrozenDictionary(t => t, t => t);
    }

    public StreamDescription Description { get; }

    public KeyPath Lane { get; }

    public KeyPath LaneToo { get; }

    public short LaneKind { get; }

    public short EventType { get; }

    /// <summary>Tells how calls are told apart; null where the protocol has none.</summary>
    public CompiledChannel? ArgumentsLine { get; }

    public short Error { get; }

    public short Delta { get; }

    public static CompiledStream Compile(StreamDescription description) => new(description);

    /// <summary>The lines for a place, those with conditions first; null when no text lives there.</summary>
    public CompiledChannel[]? ChannelsAt(short field) => channels[field];

    /// <summary>What the table says of a place whatever the type; null for places it does not know.</summary>
    public FieldRule? RuleAt(short field) => rules[field];

    public CallRule? CallAt(short field) => calls[field];

    public bool IsCallName(short field) => callNames[field];

    public bool IsPadding(short field) => padding[field];

    public bool IsKey(short field) => keys[field];

    public CompiledClose? CloseAt(short field) => closesByField[field];

    public CompiledClose[] ClosesOf(string? eventType) =>
        eventType is not null && closesByType.TryGetValue(eventType, out var found) ? found : [];

    public string? RememberedAt(short field) => remembered[field];

    /// <summary>The description's own string for a type it knows, so that none is allocated; null for others.</summary>
    public string? KnownType(ReadOnlySpan<char> type) =>
        types.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(type, out var known) ? known : null;

    private FrozenDictionary<string, CompiledClose[]> CompileCloses(StreamDescription description, List<string> names)
    {
        var byType = new Dictionary<string, List<CompiledClose>>();
        foreach (var rule in description.Closes)
        {
            var close = new CompiledClose(
                AddKey(KeyPath.Compile(rule.Lane, description.Fields)),
                AddKey(KeyPath.Compile(rule.Part, description.Fields)),
                rule.Channel is null ? -1 : names.IndexOf(rule.Channel));
            if (rule.Path is not null)
            {
                closesByField[description.Fields.FieldOf(rule.Path)] = close;
            }

            foreach (var type in rule.EventTypes ?? [])
            {
                (byType.TryGetValue(type, out var list) ? list : byType[type] = []).Add(close);
            }
        }

        return byType.ToFrozenDictionary(p => p.Key, p => p.Value.ToArray());
    }

    private KeyPath AddKey(KeyPath path)
    {
        if (!path.IsNone && !path.IsElement)
        {
            keys[path.Field] = true;
        }
        else if (path.IsElement && Description.Fields[path.Field].Path is var array
            && Description.Fields.Fields.FirstOrDefault(f => f.Path == array + ".index") is { } index)
        {
            keys[index.Id] = true;
        }

        return path;
    }

    private short Field(string? path) => path is null ? (short)-1 : Description.Fields.FieldOf(path);
}
