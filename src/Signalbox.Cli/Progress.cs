namespace Signalbox.Cli;

/// <summary>
/// Says what is awaited. On a terminal that is one live line on standard error, redrawn in place and gone at the end;
/// anywhere else it is a plain line whenever nothing was written for two seconds.
/// </summary>
internal sealed class Progress : IAsyncDisposable
{
    private const string Spinner = @"|/-\";
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(2);

    private readonly Terminal _terminal;
    private readonly string _awaited;
    private readonly long _startedAt;
    private readonly ITimer _timer;
    private volatile string _news = "";
    private volatile IReadOnlyList<string> _below = [];

    internal Progress(Terminal terminal, string awaited)
    {
        (_terminal, _awaited) = (terminal, awaited);
        _startedAt = terminal.Clock.GetTimestamp();
        _timer = terminal.Clock.CreateTimer(_ => Tick(), state: null, Frame, Frame);
        if (terminal.Redraws)
            Draw();
    }

    /// <summary>Changes what is said of it, as in "87 resources read"; shown with the next frame.</summary>
    public void Update(string news) => _news = news;

    /// <summary>Whether <see cref="Below"/> is ever seen.</summary>
    public bool HasRows => _terminal.Redraws;

    /// <summary>Sets the rows that stand under the live line, on a terminal only; shown with the next frame.</summary>
    public void Below(IReadOnlyList<string> rows) => _below = rows;

    /// <summary>Writes a line that stays, above the live one.</summary>
    public void Line(string line) => _terminal.Say(line);

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        if (_terminal.Redraws)
            _terminal.Live(null);
    }

    private void Tick()
    {
        if (_terminal.Redraws)
            Draw();
        else if (Elapsed(Math.Max(_startedAt, _terminal.LastLineAt)) >= LongestSilence)
            _terminal.Say(Sentence());
    }

    private void Draw()
    {
        var frame = (int)(Elapsed(_startedAt) / Frame) % Spinner.Length;
        _terminal.Live(string.Join('\n', _below.Prepend($"{Spinner[frame]} {Sentence()}")));
    }

    private string Sentence() => _news is ""
        ? $"{_awaited} ({Duration.Words(Elapsed(_startedAt))})"
        : $"{_awaited}: {_news} ({Duration.Words(Elapsed(_startedAt))})";

    private TimeSpan Elapsed(long since) => _terminal.Clock.GetElapsedTime(since);
}
