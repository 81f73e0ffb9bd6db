using System.Text;

namespace EdgeFilter.Policies;

/// <summary>The words of policies for the names of code: <c>ToolResult</c> is written <c>tool-result</c>.</summary>
public static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum => Kebab(value.ToString());

    /// <summary><c>national_id</c> and <c>NationalId</c> are both written <c>national-id</c>.</summary>
    internal static string Kebab(string name)
    {
        var word = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && word.Length > 0 && word[^1] != '-')
            {
                word.Append('-');
            }

            word.Append(c == '_' ? '-' : char.ToLowerInvariant(c));
        }

        return word.ToString();
    }
}
