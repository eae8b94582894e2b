using System.Net;
using System.Text;

namespace Signalbox.EndToEnd.SmallRoot;

/// <summary>A server that answers for circleci.com, which cannot be reached from a test: who approved the hold job of which run.</summary>
internal sealed class FakeCircleCi : IDisposable
{
    public const string Token = "a-token-of-the-project";

    private readonly HttpListener _listener = new();
    private readonly Dictionary<string, string> _answers = new(StringComparer.Ordinal);

    public FakeCircleCi(int port)
    {
        Address = $"http://127.0.0.1:{port}";
        _listener.Prefixes.Add($"{Address}/");
        _listener.Start();
        _ = Serve();
    }

    public string Address { get; }

    public void Says(string path, string json) => _answers[path] = json;

    public void Dispose() => _listener.Close();

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext asked;
            try
            {
                asked = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var known = _answers.TryGetValue(asked.Request.Url!.AbsolutePath, out var json);
            asked.Response.StatusCode = asked.Request.Headers["Circle-Token"] != Token ? 401 : known ? 200 : 404;
            if (asked.Response.StatusCode == 200)
                await asked.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(json!), CancellationToken.None);
            asked.Response.Close();
        }
    }
}
