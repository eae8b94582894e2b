using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Signalbox.Diagnostics;

namespace Signalbox.Cli;

/// <summary>
/// The only door to the console. Standard output carries the answer, standard error the conversation. Lines may come
/// from any thread; each is written whole, above the live line of a running <see cref="Cli.Progress"/>.
/// </summary>
internal sealed class Terminal(TextWriter output, TextWriter error, bool isInteractive, bool usesColour)
{
    private readonly Lock _oneLineAtATime = new();
    private string? _liveLine;
    private string? _question;

    /// <summary>A person sits at both ends: standard error is a terminal and so is standard input.</summary>
    public bool IsInteractive { get; } = isInteractive;

    public bool UsesColour { get; } = usesColour;

    /// <summary>Standard error can redraw a line in place.</summary>
    public bool Redraws { get; init; }

    /// <summary>Columns of the screen; asked anew each time, because windows are resized.</summary>
    public Func<int> Width { get; init; } = () => 100;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Opens standard input, for the commands that take `-` for a file.</summary>
    public Func<Stream> Input { get; init; } = () => Stream.Null;

    /// <summary>What a person types; only asked where <see cref="IsInteractive"/>.</summary>
    public Func<TextReader> Keyboard { get; init; } = () => TextReader.Null;

    /// <summary>Written to directly only by what owns the whole answer; else use <see cref="Answer"/>.</summary>
    public TextWriter Output { get; } = output;

    public TextWriter Error { get; } = error;

    /// <summary>When the last line was written, as <see cref="TimeProvider.GetTimestamp"/> counts.</summary>
    internal long LastLineAt { get; private set; }

    /// <summary>Asks a person, and waits for one line. What is said meanwhile stands above the question.</summary>
    public async Task<string?> Ask(string question, CancellationToken cancellation)
    {
        lock (_oneLineAtATime)
        {
            Write(Error, question);
            _question = question;
        }

        try
        {
            // A console cannot be asked to stop reading; the thread is left behind and ends with the program.
            return (await Task.Run(() => Keyboard().ReadLine(), CancellationToken.None).WaitAsync(cancellation))?.Trim();
        }
        catch (OperationCanceledException)
        {
            EndQuestion(Redraws ? Erasure() : "\n"); // nobody has to answer it any more
            throw;
        }
        finally
        {
            EndQuestion("");
        }
    }

    private void EndQuestion(string written)
    {
        lock (_oneLineAtATime)
        {
            Error.Write(written);
            _question = null;
        }
    }

    public void Answer(string line) => Write(Output, line + "\n");

    public void Say(string line) => Write(Error, line + "\n");

    /// <summary>Says what is wrong, in full, to the person; the answer for programs is <see cref="Invocation.Refuse"/>'s.</summary>
    public void Report(IEnumerable<Diagnostic> problems)
    {
        foreach (var problem in problems)
            Write(Error, DiagnosticText.Render(problem, UsesColour));
    }

    /// <summary>Answers with one JSON document, indented for people who look.</summary>
    public void Json<T>(T value, JsonTypeInfo<T> type) => Json(writer => JsonSerializer.Serialize(writer, value, type));

    /// <inheritdoc cref="Json{T}"/>
    public void Json(Action<Utf8JsonWriter> write) => Answer(JsonText.Document(write));

    /// <summary>Answers with one line of NDJSON, for answers that are streams.</summary>
    public void JsonLine(Action<Utf8JsonWriter> write) => Answer(JsonText.Line(write));

    /// <summary>Shows that something is going on, from now until the result is disposed.</summary>
    /// <param name="awaited">What is awaited, as it reads in "planning prod".</param>
    public Progress Progress(string awaited) => new(this, awaited);

    /// <summary>The text in a colour where colours are shown, else as it is.</summary>
    public string Paint(Colour colour, string text) => UsesColour ? $"\e[{(int)colour}m{text}\e[0m" : text;

    /// <summary>Shows a line, or several, that the next ones replace; null takes them away. What is too long is cut.</summary>
    internal void Live(string? lines)
    {
        var room = Math.Max(1, Width() - 1); // a line as wide as the screen would wrap and stay
        var line = lines is null ? null : string.Join('\n', lines.Split('\n').Select(line => DisplayText.Fit(line, room)));
        lock (_oneLineAtATime)
        {
            // In one piece, and from the top over what is there: nothing flickers.
            Error.Write(line is not null && line.Contains('\n', StringComparison.Ordinal) ? Over(_liveLine, line) : $"{Erasure()}{line}");
            _liveLine = line;
            Error.Flush();
        }
    }

    private void Write(TextWriter writer, string lines)
    {
        lock (_oneLineAtATime)
        {
            Error.Write(Erasure());
            writer.Write(lines);
            Error.Write(_liveLine ?? (Redraws ? _question : null));
            LastLineAt = Clock.GetTimestamp();
        }
    }

    private string Erasure() => _liveLine switch
    {
        null => _question is not null && Redraws ? "\r\e[2K" : "",
        var live when live.Contains('\n', StringComparison.Ordinal) => $"{Top(live)}\e[J",
        _ => "\r\e[2K",
    };

    private static string Over(string? old, string lines) =>
        $"{(old is null ? "\r" : Top(old))}{lines.Replace("\n", "\e[K\n", StringComparison.Ordinal)}\e[K\e[J";

    /// <summary>Back to the first of the lines that stand there.</summary>
    private static string Top(string lines) => lines.Count(letter => letter == '\n') is > 0 and var above ? $"\r\e[{above}A" : "\r";

#pragma warning disable RS0030 // this is the one place that may
    public static Terminal OfThisProcess(IReadOnlyDictionary<string, string> variables)
    {
        var traits = TerminalTraits.Of(variables, !Console.IsInputRedirected, !Console.IsOutputRedirected, !Console.IsErrorRedirected);
        return new Terminal(Console.Out, Console.Error, traits.IsInteractive, traits.UsesColour)
        {
            Redraws = traits.Redraws,
            Input = Console.OpenStandardInput,
            Keyboard = () => Console.In, // only when asked: it takes the terminal over
            Width = () => Console.IsErrorRedirected || Console.WindowWidth is 0 ? 100 : Console.WindowWidth,
        };
    }
#pragma warning restore RS0030
}
