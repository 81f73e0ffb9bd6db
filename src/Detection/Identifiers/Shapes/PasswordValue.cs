namespace EdgeFilter.Detection.Identifiers.Shapes;

/// <summary>Passwords behind their label, without placeholders, masks, code and the words of sentences about passwords.</summary>
internal sealed class PasswordValue : LabelledValue
{
    private const int MinLength = 4;
    private const int Longest = 128;
    private static readonly System.Buffers.SearchValues<char> Ends = System.Buffers.SearchValues.Create(" \t\r\n\"'`<>\u3001\u3002");

    private static readonly System.Buffers.SearchValues<char> Mask = System.Buffers.SearchValues.Create("*xX.•");

    // Where code would stand in a configuration or a program.
    private static readonly System.Buffers.SearchValues<char> Code = System.Buffers.SearchValues.Create("(){}[]");

    public override IReadOnlyList<string> Labels { get; } =
    [
        "password", "passwd", "pwd", "passphrase", "passcode", "pass code", "passwort", "kennwort", "contraseña", "contrasena", "clave",
        "senha", "mot de passe", "mdp", "wachtwoord", "hasło", "haslo", "пароль", "パスワード", "密码", "비밀번호", "كلمة المرور", "şifre", "parola",
        "סיסמה", "lösenord", "adgangskode", "salasana", "heslo", "jelszó", "κωδικός",
    ];

    public override int MaxLength => Longest + 1;

    public override int Match(ReadOnlySpan<char> text, int start, out bool alive, out float confidence)
    {
        confidence = 0;
        var rest = text[start..Math.Min(text.Length, start + Longest + 1)];
        var end = rest.IndexOfAny(Ends);
        alive = end < 0 && text.Length - start <= Longest;
        var value = (end < 0 ? rest : rest[..end]).TrimEnd(".,;:)]}*");
        if (value.Length is < MinLength or > Longest || value[0] is '$' or '{' or '<' or '%' or '*' || value.ContainsAny(Code)
            || !value.ContainsAnyExcept(Mask))
        {
            return 0;
        }

        confidence = LooksChosen(value) ? Confidence.StrictPatternAndContext : Confidence.WeakPattern;
        return value.Length;
    }

    /// <summary>A digit, a sign, or capitals amid the word: what passwords have and words of a sentence have not.</summary>
    private static bool LooksChosen(ReadOnlySpan<char> value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsDigit(value[i]) || value[i] is '!' or '@' or '#' or '$' or '%' or '^' or '&' or '+' or '~' or '?'
                || (i > 0 && char.IsUpper(value[i]) && char.IsLower(value[i - 1])))
            {
                return true;
            }
        }

        return false;
    }
}
