using System.Globalization;
using System.Text;
using System.Xml;
using Signalbox.Delivery.Environments;

namespace Signalbox.Delivery.Verification;

/// <summary>A report as JUnit XML, which every CI system shows: an endpoint is a test, and what could not be seen an error.</summary>
public static class VerificationJUnit
{
    public static string Render(VerificationReport report)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
            Write(writer, report);
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{text}\n";
    }

    private static void Write(XmlWriter writer, VerificationReport report)
    {
        var suite = $"signalbox verify {report.Environment} ({report.Target.Word()})";
        writer.WriteStartElement("testsuites");
        writer.WriteStartElement("testsuite");
        Attribute(writer, "name", suite);
        Attribute(writer, "tests", Number(report.Endpoints.Count));
        Attribute(writer, "failures", Number(report.Endpoints.Count(endpoint => endpoint.Verdict.Failing is not null)));
        Attribute(writer, "errors", Number(report.Endpoints.Count(endpoint => endpoint.Verdict is Verdict.Inconclusive)));
        Attribute(writer, "time", Seconds(report.Elapsed));
        Attribute(writer, "timestamp", report.At.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss"));
        foreach (var endpoint in report.Endpoints)
        {
            writer.WriteStartElement("testcase");
            Attribute(writer, "classname", suite);
            Attribute(writer, "name", $"{endpoint.Endpoint.Name} is {report.Expected.Word()}");
            Attribute(writer, "time", Seconds(endpoint.Elapsed));
            WriteFault(writer, endpoint.Verdict);
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static void WriteFault(XmlWriter writer, Verdict verdict)
    {
        if (verdict is Verdict.Inconclusive unseen)
        {
            writer.WriteStartElement("error");
            Attribute(writer, "type", verdict.Words);
            Attribute(writer, "message", unseen.Why);
            writer.WriteEndElement();
        }
        else if (verdict.Failing is { } failing)
        {
            writer.WriteStartElement("failure");
            Attribute(writer, "type", verdict.Words);
            Attribute(writer, "message", $"{failing.Hop.Words()}: {failing.Message}");
            if (failing.Resource is { } resource)
                writer.WriteString(Allowed($"mend {resource}"));
            writer.WriteEndElement();
        }
    }

    private static void Attribute(XmlWriter writer, string name, string value) => writer.WriteAttributeString(name, Allowed(value));

    /// <summary>XML has no way to write some characters at all.</summary>
    private static string Allowed(string text) => string.Concat(text.EnumerateRunes().Select(rune =>
        rune.Value > 0xFFFF || XmlConvert.IsXmlChar((char)rune.Value) ? rune.ToString() : "\uFFFD"));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
}
