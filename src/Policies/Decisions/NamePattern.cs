namespace EdgeFilter.Policies.Decisions;

/// <summary>Names with <c>*</c> for any run of characters, compared without regard to case.</summary>
public static class NamePattern
{
    public static bool Matches(string pattern, ReadOnlySpan<char> name)
    {
        var rest = pattern.AsSpan();
        var star = rest.IndexOf('*');
        if (star < 0)
        {
            return rest.Equals(name, StringComparison.OrdinalIgnoreCase);
        }

        if (!name.StartsWith(rest[..star], StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        name = name[star..];
        rest = rest[(star + 1)..];
        while ((star = rest.IndexOf('*')) >= 0)
        {
            var part = rest[..star];
            var found = name.IndexOf(part, StringComparison.OrdinalIgnoreCase);
            if (found < 0)
            {
                return false;
            }

            name = name[(found + part.Length)..];
            rest = rest[(star + 1)..];
        }

        return name.EndsWith(rest, StringComparison.OrdinalIgnoreCase);
    }
}
