using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Signalbox.Cli;

/// <summary>JSON as text for standard output: nothing escaped that JSON itself does not ask for.</summary>
internal static class JsonText
{
    public static string Document(Action<Utf8JsonWriter> write) => Render(write, isIndented: true);

    public static string Line(Action<Utf8JsonWriter> write) => Render(write, isIndented: false);

    private static string Render(Action<Utf8JsonWriter> write, bool isIndented)
    {
        using var bytes = new MemoryStream();
        var options = new JsonWriterOptions
        {
            Indented = isIndented,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // unsafe inside HTML only, and this is a terminal
        };
        using (var writer = new Utf8JsonWriter(bytes, options))
            write(writer);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
