using System.Text;
using Signalbox.Diagnostics;

namespace Signalbox.Sandbox.Edge.Serving;

/// <summary>What a visitor gets.</summary>
/// <param name="Server">Whose answer it is, as the Server header says.</param>
internal sealed record Reply(int Status, string Server, string ContentType, ReadOnlyMemory<byte> Body, ValueList<(string Name, string Value)> Headers)
{
    public bool IsError => Status >= 400;

    public static Reply Of(int status, string server, string contentType, string body, params ReadOnlySpan<(string Name, string Value)> headers) =>
        new(status, server, contentType, Encoding.UTF8.GetBytes(body), ValueList.Create(headers));

    /// <summary>The sandbox cannot say what AWS would answer, and says so instead of guessing.</summary>
    public static Reply Unknowable(string why) => Of(
        503,
        "signalbox-sandbox",
        "text/plain; charset=utf-8",
        $"The sandbox's edge cannot read the emulated account: {why}\nRun `signalbox sandbox up`.\n");
}
