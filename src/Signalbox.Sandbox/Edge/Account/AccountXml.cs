using System.Globalization;
using System.Xml.Linq;

namespace Signalbox.Sandbox.Edge.Account;

/// <summary>AWS's XML by its local names: every service has its own namespace, and none says anything.</summary>
internal static class AccountXml
{
    extension(XElement element)
    {
        /// <summary>The text at the end of a path of names; empty when a step is missing.</summary>
        public string Text(params ReadOnlySpan<string> path)
        {
            var at = element;
            foreach (var name in path)
            {
                if (at.Child(name) is not { } below)
                    return "";
                at = below;
            }

            return at.Value.Trim();
        }

        public int Number(string name, int otherwise = 0) =>
            int.TryParse(element.Text(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

        public bool Flag(string name) => element.Text(name) == "true";

        /// <summary>The elements inside a list such as `Items` or `member`'s parent; none when there is no such list.</summary>
        public IEnumerable<XElement> List(params ReadOnlySpan<string> path)
        {
            var at = element;
            foreach (var name in path)
            {
                if (at.Child(name) is not { } below)
                    return [];
                at = below;
            }

            return at.Elements();
        }

        private XElement? Child(string name) => element.Elements().FirstOrDefault(child => child.Name.LocalName == name);
    }
}
