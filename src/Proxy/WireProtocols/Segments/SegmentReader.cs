using System.Buffers;
using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.Segments;

/// <summary>Goes through the leaves of a body and says of each, by the protocol's table, what becomes of it.</summary>
internal sealed class SegmentReader(InspectedBody result)
{
    private const int ShortestTellingNumber = 7;

    // What is encrypted or signed is longer than any key that someone could put in its place.
    private const int ShortestSeal = 128;
    private const int MostDocuments = 1_024;

    private static readonly SearchValues<byte> SealedLetters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.+/=:"u8);

    private JsonLimits limits = JsonLimits.Default;
    private int documents;

    public void Read(JsonBody body, JsonLimits limitsOfNested)
    {
        limits = limitsOfNested;
        documents = 0;
        ReadDocument(new Scope(body, 0, null, -1, -1, SegmentRole.Metadata));
        NoteTokens(body);
        result.Finish();
    }

    private void ReadDocument(in Scope scope)
    {
        for (var i = 0; i < scope.Body.LeafCount; i++)
        {
            ref readonly var leaf = ref scope.Body.Leaves[i];
            switch (leaf.Kind)
            {
                case JsonKind.String or JsonKind.Plain or JsonKind.Quoted when leaf.Length > 0:
                    ReadString(scope, i, leaf);
                    break;
                case JsonKind.Binary when leaf.Length > 0:
                    ReadBinary(scope, i, leaf);
                    break;
                case JsonKind.Number when leaf.Length >= ShortestTellingNumber:
                    ReadNumber(scope, i, leaf);
                    break;
                case JsonKind.Name when !leaf.IsKnownName && leaf.Length > 0:
                    ReadName(scope, i, leaf);
                    break;
            }
        }
    }

    private void ReadName(in Scope scope, int index, in JsonLeaf leaf)
    {
        if (scope.Nested is not null)
        {
            AddNested(scope, index, isName: true);
            return;
        }

        var place = FieldContext.Of(scope.Body, leaf.Container);
        if (leaf.Field == FieldMap.Unknown)
        {
            Note(CoverageKind.UnknownField, scope, index);
        }

        var rule = Rule(scope.Body, leaf, place);
        var role = rule?.Role ?? (rule?.Kind == FieldKind.Text ? place.Role : SegmentRole.Metadata);
        Add(scope, index, place, place.IsRecord ? role : SegmentRole.Metadata, isEditable: false, isName: true, isStray: !place.IsRecord);
    }

    private void ReadNumber(in Scope scope, int index, in JsonLeaf leaf)
    {
        if (scope.Nested is not null)
        {
            AddNested(scope, index, isName: false);
            return;
        }

        var place = FieldContext.Of(scope.Body, leaf.Container);
        var rule = Rule(scope.Body, leaf, place);
        if (rule is null or { Kind: FieldKind.Text or FieldKind.Json })
        {
            Add(scope, index, place, rule?.Role ?? (rule is null ? SegmentRole.Metadata : place.Role), true, false, isStray: rule is null);
        }
    }

    private void ReadString(in Scope scope, int index, in JsonLeaf leaf)
    {
        if (scope.Nested is not null)
        {
            if (!TryNested(scope, index, null, scope.Role, scope.Message, scope.Choice))
            {
                AddNested(scope, index, isName: false);
            }

            return;
        }

        var place = FieldContext.Of(scope.Body, leaf.Container);
        var rule = Rule(scope.Body, leaf, place);
        switch (rule?.Kind ?? FieldKind.Unknown)
        {
            case FieldKind.Lines when leaf.IsPlain:
                result.AddFile(index);
                break;
            case FieldKind.Text or FieldKind.Lines:
                Add(scope, index, place, rule!.Role ?? place.Role, isEditable: true, isName: false, isStray: false);
                break;
            case FieldKind.Json:
                if (!TryNested(scope, index, null, rule!.Role ?? place.Role, place.Message, place.Choice))
                {
                    Add(scope, index, place, rule.Role ?? place.Role, isEditable: true, isName: false, isStray: false);
                }

                break;
            case FieldKind.Opaque when rule!.Role is { } role:
                Add(scope, index, place, role, isEditable: false, isName: false, isStray: false);
                break;
            case FieldKind.Word:
                ReadWord(scope, index, rule!, place);
                break;
            case FieldKind.Sealed:
                ReadSealed(scope, index, place);
                break;
            case FieldKind.Media:
                ReadMedia(scope, index, rule!, place);
                break;
            case FieldKind.History:
                Note(CoverageKind.StoredHistory, scope, index, -1);
                AddStray(scope, index, place, isEditable: false);
                break;
            case FieldKind.Tokens:
                Add(scope, index, place, rule!.Role ?? place.Role, isEditable: true, isName: false, isStray: false);
                break;
            case FieldKind.Unknown:
                // Of the header of a form's field only what the table calls text is known to bear a change.
                AddStray(scope, index, place, isEditable: leaf.Kind != JsonKind.Quoted);
                break;
            case FieldKind.Credential:
                break;
            default:
                AddStray(scope, index, place, isEditable: false);
                break;
        }
    }

    private void ReadBinary(in Scope scope, int index, in JsonLeaf leaf)
    {
        var place = FieldContext.Of(scope.Body, leaf.Container);
        var rule = Rule(scope.Body, leaf, place);
        var bytes = scope.Body.Raw(index);
        var type = MediaSignature.TypeOf(bytes);
        Note(CoverageOf(rule?.Media ?? MediaKind.File, type), scope, index, leaf.Length, type);
        if (type != "application/pdf" && bytes.Length <= MediaValue.LargestTextRead && GuessedText.EncodingOf(bytes) is { } encoding)
        {
            // Bytes of a form stand there as they are: text in another encoding is judged, and can't be written anew.
            var document = result.AddDecoded(encoding.GetString(bytes), scope.Body.PathOf(index), default);
            result.Add(new BodySegment(document, index, rule?.Role ?? place.Role, false, false, place.Message, place.Choice), document, 0, isRecord: false);
        }
    }

    // Words that the table lists say nothing. Any other is inspected: a key may look like a word.
    private void ReadWord(in Scope scope, int index, FieldRule rule, in FieldContext place)
    {
        if (rule.Words is { } words)
        {
            if (IsOneOf(scope.Body, index, words))
            {
                return;
            }

            Note(CoverageKind.UnknownType, scope, index);
        }

        AddStray(scope, index, place, isEditable: false);
    }

    private void ReadSealed(in Scope scope, int index, in FieldContext place)
    {
        var raw = scope.Body.Raw(index);
        Note(CoverageKind.Sealed, scope, index, raw.Length);
        if (raw.Length < ShortestSeal || raw.ContainsAnyExcept(SealedLetters))
        {
            AddStray(scope, index, place, isEditable: false);
        }
    }

    private void ReadMedia(in Scope scope, int index, FieldRule rule, in FieldContext place)
    {
        var media = MediaValue.Read(scope.Body, index);
        if (media.IsMedia && (media.Text is null || media.IsGuessed))
        {
            Note(CoverageOf(rule.Media, media.MediaType), scope, index, media.Size, media.MediaType);
        }

        if (media.IsReference || !media.IsMedia)
        {
            AddAlone(scope, index, place, rule.Role ?? place.Role, isEditable: !media.IsMedia);
        }

        if (media.Text is { Length: > 0 } text)
        {
            // Text in a coat of base64 is filtered as what it is, and put back into its coat.
            var document = result.AddDecoded(text, scope.Body.PathOf(index), media.Coat);
            result.Add(
                new BodySegment(document, index, rule.Role ?? place.Role, true, false, place.Message, place.Choice),
                document, 0, isRecord: false);
        }
    }

    private bool TryNested(in Scope scope, int index, FieldMap? map, SegmentRole role, int message, int choice)
    {
        if (documents >= MostDocuments)
        {
            // A body of a hundred thousand tiny documents must not cost a reader each; their text is judged as it stands.
            Note(CoverageKind.UnreadJson, scope, index);
            return false;
        }

        var nested = NestedJson.TryRead(scope.Body, index, map, limits, out var problem, scope.Nested);
        if (problem is not null)
        {
            Note(CoverageKind.UnreadJson, scope, index);
        }

        if (nested is null)
        {
            return false;
        }

        documents++;
        var document = result.AddDocument(nested, scope.Document, scope.Path(index));
        ReadDocument(new Scope(nested.Body, document, nested, message, choice, role) { PathOfDocument = scope.Path(index) });
        return true;
    }

    private void AddNested(in Scope scope, int index, bool isName) => result.Add(
        new BodySegment(scope.Document, index, scope.Role, !isName, isName, scope.Message, scope.Choice),
        scope.Document, 0, isRecord: true);

    private void AddStray(in Scope scope, int index, in FieldContext place, bool isEditable) =>
        Add(scope, index, place, SegmentRole.Metadata, isEditable, isName: false, isStray: true);

    private void Add(
        in Scope scope, int index, in FieldContext place, SegmentRole role, bool isEditable, bool isName, bool isStray)
    {
        var group = isStray ? UnitBuilder.Stray : place.Group;
        if (group == UnitBuilder.Stray && !isStray)
        {
            AddAlone(scope, index, place, role, isEditable);
            return;
        }

        var segment = new BodySegment(scope.Document, index, role, isEditable, isName, place.Message, place.Choice) { Echo = place.Echo };
        result.Add(segment, scope.Document, group, isRecord: group == UnitBuilder.Stray || place.IsRecord);
    }

    // A text by itself: it belongs to no message, or is not read as one with it.
    private void AddAlone(in Scope scope, int index, in FieldContext place, SegmentRole role, bool isEditable) => result.Add(
        new BodySegment(scope.Document, index, role, isEditable, false, place.Message, place.Choice) { Echo = place.Echo },
        scope.Document, -2 - index, isRecord: false);

    private void NoteTokens(JsonBody body)
    {
        for (var i = 0; i < body.ContainerCount; i++)
        {
            ref readonly var container = ref body.Containers[i];
            if (container.NumberCount > 0 && body.Map[container.Field].Default?.Kind == FieldKind.Tokens)
            {
                if (result.WantsCoverage(CoverageKind.TokenIds))
                {
                    result.Add(new CoverageItem(CoverageKind.TokenIds, body.PathOfContainer(i), container.NumberCount));
                }
            }
        }
    }

    private static FieldRule? Rule(JsonBody body, in JsonLeaf leaf, in FieldContext place)
    {
        var rules = body.Map[leaf.Field].Rules;
        for (var i = 0; i < rules.Count; i++)
        {
            if (rules[i].OnlyForTypes is not { } types || (place.TypeLeaf >= 0 && IsOneOf(body, place.TypeLeaf, types)))
            {
                return rules[i];
            }
        }

        return null;
    }

    private static bool IsOneOf(JsonBody body, int leaf, IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (body.IsWord(leaf, words[i]))
            {
                return true;
            }
        }

        return false;
    }

    private void Note(CoverageKind kind, in Scope scope, int leaf, long size = 0, string? mediaType = null)
    {
        if (result.WantsCoverage(kind))
        {
            result.Add(new CoverageItem(kind, scope.Path(leaf), size, mediaType) { Leaf = scope.Nested is null ? leaf : -1 });
        }
    }

    // What the bytes say counts for more than the place, but containers of sound and of moving pictures begin alike.
    internal static CoverageKind CoverageOf(MediaKind media, string? type) => media switch
    {
        MediaKind.Audio or MediaKind.Video => media == MediaKind.Audio ? CoverageKind.Audio : CoverageKind.Video,
        _ when type is null => media == MediaKind.Image ? CoverageKind.Image : CoverageKind.File,
        _ when type.StartsWith("image/", StringComparison.Ordinal) => CoverageKind.Image,
        _ when type.StartsWith("audio/", StringComparison.Ordinal) => CoverageKind.Audio,
        _ when type.StartsWith("video/", StringComparison.Ordinal) => CoverageKind.Video,
        _ => CoverageKind.File,
    };

    /// <summary>The document whose leaves are read: the body, or JSON inside one of its strings.</summary>
    private readonly record struct Scope(JsonBody Body, int Document, NestedJson? Nested, int Message, int Choice, SegmentRole Role)
    {
        public string PathOfDocument { get; init; } = "";

        public string Path(int leaf) => Nested is null ? Body.PathOf(leaf) : $"{PathOfDocument}:{Body.PathOf(leaf)}";
    }
}
