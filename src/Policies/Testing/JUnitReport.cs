using System.Globalization;
using System.Text;
using System.Xml;

namespace EdgeFilter.Policies.Testing;

/// <summary>A report of tests in the form that build servers read.</summary>
public static class JUnitReport
{
    public static string Write(PolicyTestReport report)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true, CheckCharacters = false }))
        {
            xml.WriteStartElement("testsuites");
            foreach (var policy in report.Results.GroupBy(r => r.Policy))
            {
                xml.WriteStartElement("testsuite");
                xml.WriteAttributeString("name", policy.Key);
                xml.WriteAttributeString("tests", policy.Count().ToString(CultureInfo.InvariantCulture));
                xml.WriteAttributeString("failures", policy.Count(r => !r.Passed).ToString(CultureInfo.InvariantCulture));
                xml.WriteAttributeString("time", Seconds(policy.Aggregate(TimeSpan.Zero, (sum, r) => sum + r.Elapsed)));
                foreach (var result in policy)
                {
                    WriteCase(xml, result);
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    private static void WriteCase(XmlWriter xml, PolicyTestResult result)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", result.Policy);
        xml.WriteAttributeString("name", result.Name);
        xml.WriteAttributeString("file", result.At.File);
        xml.WriteAttributeString("line", result.At.Line.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("time", Seconds(result.Elapsed));
        if (!result.Passed)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("message", Printable(result.Failures[0]));
            xml.WriteString(Printable(string.Join('\n', result.Failures)));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    // XML has no way to write most control characters and unpaired surrogates.
    private static string Printable(string text) => string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) ? c : '\uFFFD'));

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
}
