using EdgeFilter.Detection.Identifiers.Shapes;

namespace EdgeFilter.Detection.Identifiers;

/// <summary>The shapes that take more than a pattern, by the name that the data file gives as <c>reader</c>.</summary>
internal static class Readers
{
    /// <exception cref="FormatException">The data file names a reader that does not exist.</exception>
    public static IReadOnlyList<Shape> ShapesOf(string reader) => reader switch
    {
        "credit-card" => [new CardShape()],
        "iban-code" => [new IbanShape()],
        "ip-address" => [new IpAddressShape(), new Ipv6Shape(withPrefixLength: false)],
        "phone-number" => [new PhoneShape()],
        "email-address" => [new EmailShape()],
        _ => throw new FormatException($"There is no reader '{reader}'."),
    };
}
