using System.Globalization;
using System.Text.Json;
using Signalbox.Diagnostics;
using Signalbox.Sandbox.Edge.Walking;

namespace Signalbox.Sandbox.Edge.Serving;

/// <summary>What stands in for an application: it answers the health path and says which image it stands for.</summary>
/// <param name="Delay">How long it takes to answer.</param>
/// <param name="Cut">The connection breaks in the middle of the body.</param>
/// <param name="Reset">The connection breaks before anything is said.</param>
internal sealed record StandIn(Reply Reply, TimeSpan Delay, bool Cut, bool Reset)
{
    private const string Server = "signalbox-stand-in";

    /// <remarks>
    /// The container's variable SIGNALBOX_STAND_IN makes it misbehave: `status=N`, `slow=SECONDS`, `truncate`,
    /// `redirect-loop`, `reset`, separated by commas.
    /// </remarks>
    public static StandIn For(Ending.Application application, Visit visit)
    {
        var (status, delay, cut, reset, loops) = (200, TimeSpan.Zero, false, false, false);
        foreach (var word in application.Container.StandIn.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            switch (word.Split('=', 2))
            {
                case ["status", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 200 and <= 599:
                    status = number;
                    break;
                case ["slow", var text] when double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and <= 3600:
                    delay = TimeSpan.FromSeconds(seconds);
                    break;
                case ["truncate"]:
                    cut = true;
                    break;
                case ["redirect-loop"]:
                    loops = true;
                    break;
                case ["reset"]:
                    reset = true;
                    break;
                default:
                    return Misled(word);
            }
        }

        var reply = loops
            ? Reply.Of(302, Server, "text/plain", "", ("Location", $"https://{visit.Host}{visit.Path}"))
            : Healthy(application, visit, status);
        return new StandIn(reply, delay, cut, reset);
    }

    /// <summary>A word that nobody knows is not passed over: whoever wrote it waits for something to happen.</summary>
    private static StandIn Misled(string word) => new(
        Reply.Of(500, Server, "text/plain; charset=utf-8", $"SIGNALBOX_STAND_IN holds `{word}`; it takes status=N, slow=SECONDS, truncate, redirect-loop and reset\n"),
        TimeSpan.Zero,
        Cut: false,
        Reset: false);

    private static Reply Healthy(Ending.Application application, Visit visit, int status)
    {
        using var written = new MemoryStream();
        using (var writer = new Utf8JsonWriter(written))
        {
            writer.WriteStartObject();
            writer.WriteString("status", status < 400 ? "ok" : "failing");
            writer.WriteString("service", application.Service.Name);
            writer.WriteString("image", application.Container.Image);
            writer.WriteString("path", visit.Path);
            writer.WriteBoolean("is_health_path", visit.Path == application.Group.HealthPath);
            writer.WriteEndObject();
        }

        ValueList<(string, string)> headers = [("X-Signalbox-Image", application.Container.Image)];
        return new Reply(status, Server, "application/json", written.ToArray(), headers);
    }
}
