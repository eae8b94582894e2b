using System.Xml.Linq;
using Signalbox.Diagnostics;

namespace Signalbox.Sandbox.Edge.Account;

/// <summary>A custom header of a CloudFront response headers policy.</summary>
/// <param name="Overrides">Whether it takes the place of the origin's own; otherwise it is added only where the origin sends none.</param>
internal sealed record AddedHeader(string Name, string Value, bool Overrides)
{
    public static ValueList<AddedHeader> OfPolicy(XElement policy) =>
        [.. policy.List("ResponseHeadersPolicyConfig", "CustomHeadersConfig", "Items").Select(header => new AddedHeader(header.Text("Header"), header.Text("Value"), header.Flag("Override")))];
}
