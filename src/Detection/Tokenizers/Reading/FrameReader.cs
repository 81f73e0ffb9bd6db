namespace EdgeFilter.Detection.Tokenizers.Reading;

/// <summary>Reads <c>post_processor</c>: what stands around a text, and whether places are trimmed.</summary>
internal sealed class FrameReader
{
    public List<FrameToken> Before { get; } = [];

    public List<FrameToken> After { get; } = [];

    public byte TextType { get; private set; }

    public bool? Trim { get; private set; }

    public void Read(JsonPart part)
    {
        switch (part.Type)
        {
            case "Sequence":
                foreach (var step in part.Child("processors").Items())
                {
                    Read(step);
                }

                break;
            case "ByteLevel":
                ReadTrim(part);
                break;
            case "RobertaProcessing":
                ReadTrim(part);
                ReadPair(part);
                break;
            case "BertProcessing":
                ReadPair(part);
                break;
            case "TemplateProcessing":
                ReadTemplate(part);
                break;
            default:
                throw part.Wrong($"a post_processor of type '{part.Type}' is not supported");
        }
    }

    private void ReadTrim(JsonPart part)
    {
        if (part.Flag("trim_offsets", true))
        {
            Trim = part.Flag("add_prefix_space", true);
        }
    }

    private void ReadPair(JsonPart part)
    {
        Before.Insert(0, new FrameToken(PairId(part.Child("cls")), 0));
        After.Add(new FrameToken(PairId(part.Child("sep")), 0));
    }

    private static int PairId(JsonPart part) => part.Items().Skip(1).FirstOrDefault() is { Place: not null } id ? id.Whole() : throw part.Wrong("it must be a token and its id");

    private void ReadTemplate(JsonPart part)
    {
        var ids = part.TryChild("special_tokens");
        var before = new List<FrameToken>();
        var seesText = false;
        foreach (var item in part.Child("single").Items())
        {
            if (item.TryChild("Sequence") is { } sequence)
            {
                if (seesText || sequence.TextOr("id", "A") != "A")
                {
                    throw item.Wrong("a template must name the text A, once");
                }

                seesText = true;
                TextType = Type(sequence);
                continue;
            }

            var special = item.Child("SpecialToken");
            var known = ids?.TryChild(special.Text("id")) ?? throw special.Wrong("special_tokens lacks this token");
            foreach (var id in known.Child("ids").Items())
            {
                (seesText ? After : before).Add(new FrameToken(id.Whole(), Type(special)));
            }
        }

        if (!seesText)
        {
            throw part.Wrong("the template for a single text does not name it");
        }

        Before.InsertRange(0, before);
    }

    private static byte Type(JsonPart part) => part.TryChild("type_id")?.Whole() is { } type and not 0
        ? type is > 0 and <= byte.MaxValue ? (byte)type : throw part.Wrong("type_id is out of range")
        : (byte)0;
}
