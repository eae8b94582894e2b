using System.Net;
using Signalbox.Servers;

namespace Signalbox.EndToEnd.SmallRoot;

/// <summary>A server that answers for circleci.com, which cannot be reached from a test: who approved the hold job of which run.</summary>
internal sealed class FakeCircleCi : IDisposable
{
    public const string Token = "a-token-of-the-project";

    private readonly Dictionary<string, string> _answers = new(StringComparer.Ordinal);
    private readonly LoopbackServer _server;

    public FakeCircleCi() => _server = new LoopbackServer(Answer);

    public string Address => _server.Url.TrimEnd('/');

    public void Says(string path, string json) => _answers[path] = json;

    public void Dispose() => _server.Dispose();

    private async Task Answer(HttpListenerContext asked)
    {
        if (asked.Request.Headers["Circle-Token"] != Token)
            asked.Response.StatusCode = 401;
        else if (_answers.TryGetValue(asked.Request.Url!.AbsolutePath, out var json))
            await LoopbackServer.Say(asked.Response, 200, json);
        else
            asked.Response.StatusCode = 404;
    }
}
