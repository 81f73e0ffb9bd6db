using System.Globalization;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Terms as PostgreSQL keeps them: the field's number, an equals sign, the text.</summary>
internal static class PostgresTerms
{
    public static string Of(Term term) => Prefix(term.Field) + term.Text;

    public static string Prefix(TermField field) => ((int)field).ToString(CultureInfo.InvariantCulture) + "=";
}
