using EdgeFilter.Detection.Patterns;

namespace EdgeFilter.Detection.Tests.Secrets;

/// <summary>Makes random texts that a pattern matches, so that every format is tested with values nobody has ever used.</summary>
internal sealed class PatternSamples(Random random)
{
    public string Next(string pattern)
    {
        var (node, _) = PatternParser.Parse(pattern, ignoreCase: false);
        var text = new List<char>();
        Append(node, text);
        return new string([.. text]);
    }

    private void Append(PatternNode node, List<char> text)
    {
        switch (node)
        {
            case SetNode set:
                text.Add(Pick(set.Set));
                break;
            case SequenceNode sequence:
                foreach (var part in sequence.Parts)
                {
                    Append(part, text);
                }

                break;
            case AlternationNode alternation:
                Append(alternation.Options[random.Next(alternation.Options.Count)], text);
                break;
            case RepeatNode repeat:
                var most = Math.Min(repeat.Max ?? (repeat.Min + 12), repeat.Min + 20);
                for (var i = random.Next(repeat.Min, most + 1); i > 0; i--)
                {
                    Append(repeat.Part, text);
                }

                break;
            default:
                break;
        }
    }

    private char Pick(CharSet set)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            // Printable ASCII without spaces, as credentials are.
            var c = (char)random.Next('!', '~' + 1);
            if (set.Contains(c))
            {
                return c;
            }
        }

        return set.Contains(' ') ? ' ' : set.Ranges[0].From;
    }
}
