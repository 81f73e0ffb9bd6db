using System.Buffers;
using EdgeFilter.Detection.Identifiers.Shapes;
using EdgeFilter.Detection.Patterns;

namespace EdgeFilter.Detection.Identifiers;

/// <summary>The shapes that take more than a pattern, by the name that the data file gives as <c>reader</c>.</summary>
internal static class Readers
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    private const string Ipv4Range = IpAddressShape.Pattern + @"/(?:3[0-2]|[12]?\d)";

    /// <summary>The shapes of a reader; none for one that finds values by their label.</summary>
    public static IReadOnlyList<Shape> ShapesOf(IdentifierRecord record) => record.Reader switch
    {
        "credit-card" => [new CardShape()],
        "iban-code" => [new IbanShape()],
        "ip-address" => [new IpAddressShape(), new Ipv6Shape(withPrefixLength: false)],
        "ip-range" => [new PatternShape(LinearPattern.Parse(Ipv4Range), DigitLead.Of(Ipv4Range)), new Ipv6Shape(withPrefixLength: true)],
        "mac-address" => [SoloShape.OfHardwareAddress(record.Pattern)],
        "gps-coordinates" => [SoloShape.OfCoordinates(record.Pattern)],
        "phone-number" => [new PhoneShape()],
        "email-address" => [new EmailShape()],
        "url" => [new UrlShape(withCredentials: false)],
        "url-with-credentials" => [new UrlShape(withCredentials: true)],
        "domain-name" => [new DomainShape()],
        "username" => [Marked(record, '@', SearchValues.Create(""), 0)],
        "in-upi-id" => [Marked(record, '@', NameCharacters, 64)],
        "session-cookie" => [Marked(record, '=', NameCharacters, 48)],
        "mrz" => [Marked(record, '<', SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"), 44)],
        "password" or "swift-bic" => [],
        _ => throw new FormatException($"There is no reader '{record.Reader}'."),
    };

    /// <summary>What a reader looks for behind labels; null for the others.</summary>
    public static LabelledValue? LabelledValueOf(IdentifierRecord record) => record.Reader switch
    {
        "password" => new PasswordValue(),
        "swift-bic" => new BankCodeValue(),
        _ => null,
    };

    private static MarkedPatternShape Marked(IdentifierRecord record, char mark, SearchValues<char> lead, int maxLead) =>
        new(LinearPattern.Parse(record.Pattern), mark, lead, maxLead);
}
