using System.Text;

namespace Signalbox.Delivery.Plans;

/// <summary>
/// Text from a plan inside Markdown. It becomes an HTML code element in which every character that Markdown or HTML
/// could act on is a character reference, so it can neither leave its table cell nor mention, link or style anything.
/// </summary>
internal static class MarkdownText
{
    public static string Code(string text) => $"<code>{Escaped(text)}</code>";

    public static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var character in DisplayText.Safe(text).Replace("www.", "www\0", StringComparison.OrdinalIgnoreCase))
        {
            if (character == '\0') // the only letters that Markdown makes a link of
                escaped.Append("&#46;");
            else if (char.IsAsciiLetterOrDigit(character) || character is ' ' or ',' or '.' or ';' or '/' or '=' or '%' or '(' or ')' or '-' || character > '~')
                escaped.Append(character);
            else
                escaped.Append("&#").Append((int)character).Append(';');
        }

        return escaped.ToString();
    }
}
