using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Cli;
using Signalbox.Cli.Running;
using Signalbox.Tests.CircleCi.Runs;
using Xunit;

namespace Signalbox.Tests.Cli;

/// <summary>What a person sees while a run lives.</summary>
public sealed class RunViewTests
{
    private readonly StringBuilder _error = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_is_shown_as_it_goes(bool isTerminal)
    {
        var frames = new StringBuilder();
        var terminal = Terminal(isTerminal);
        await using (var view = new RunView(terminal))
        {
            var run = Begin(view);
            Tell(new RunEvent.JobQueued("build", 1) { At = Now });
            Tell(new RunEvent.NodeStarted("build", 0) { At = Now });
            Tell(new RunEvent.StepStarted("build", 0, 0, "Compile", "000.log") { At = Now });
            Tell(new RunEvent.JobHeld("hold") { At = Now });
            Pass(seconds: 1);
            view.Said(run, "build", 0, new JobEvent.StepOutput(0, "\e[1mlinking\e[0m a program whose name is far too long for the screen that it is shown on"));
            Pass(seconds: 1.5);
            Show("while a step runs");
            Tell(new RunEvent.Approved("hold", "ada") { At = Now });
            Tell(new RunEvent.JobQueued("apply", null) { At = Now });
            Pass(seconds: 3);
            Show("behind a serial group");
            Tell(new RunEvent.StepEnded("build", 0, 0, StepStatus.Failed, 7, TimeSpan.FromSeconds(5)) { At = Now });
            Tell(new RunEvent.NodeEnded("build", 0, TerminalStatus.Failed, "`Compile` ended with 7", null) { At = Now });
            Tell(new RunEvent.JobEnded("build", TerminalStatus.Failed, "`Compile` ended with 7") { At = Now });
            Tell(new RunEvent.JobEnded("apply", TerminalStatus.NotRun, "`build` ended failed") { At = Now });
            Pass(seconds: 1);
            Show("when it is over");

            void Tell(RunEvent happened)
            {
                run = run.After(happened) ?? throw new InvalidOperationException($"{happened} cannot happen here");
                view.Happened(run, happened);
            }
        }

        Golden.Verify(frames.ToString(), isTerminal ? "run-on-a-terminal.txt" : "run-in-a-log.txt");

        void Show(string when) => frames.Append($"--- {when}\n{Screen.Of(_error.ToString()).TrimEnd('\n')}\n");
    }

    [Fact]
    public async Task What_happens_while_a_question_stands_is_said_above_it()
    {
        using var keyboard = new Keyboard();
        var terminal = Asking(keyboard);
        var answer = terminal.Ask("approve hold? ", TestContext.Current.CancellationToken);

        terminal.Say("started   build");

        Assert.Equal("started   build\napprove hold? ", Screen.Of(_error.ToString()));
        keyboard.Type("yes");
        Assert.Equal("yes", await answer);
        terminal.Say("approved  hold");
        Assert.EndsWith("approve hold? approved  hold\n", Screen.Of(_error.ToString()), StringComparison.Ordinal); // whoever typed also typed Enter
    }

    [Fact]
    public async Task A_question_that_nobody_has_to_answer_any_more_is_taken_away()
    {
        using var decided = new CancellationTokenSource();
        using var keyboard = new Keyboard();
        var terminal = Asking(keyboard);
        var answer = terminal.Ask("approve hold? ", decided.Token);

        await decided.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        terminal.Say("approved  hold by grace");
        Assert.Equal("approved  hold by grace\n", Screen.Of(_error.ToString()));
        keyboard.Type("so that the thread that waits for a line ends");
    }

    private DateTimeOffset Now => _clock.GetUtcNow();

    private RunState Begin(RunView view)
    {
        var workflow = Graph.Of(
            Graph.Build("build"),
            Graph.Hold("hold"),
            Graph.Gate("apply", JobKind.Lock, "blog/prod", Graph.On("hold")));
        var created = new RunEvent.Created(Graph.Origin(), [.. workflow.Jobs.Select(PlannedJob.Of)]) { At = Now };
        view.Happened(RunState.Begin(created), created);
        return RunState.Begin(created);
    }

    private Terminal Terminal(bool redraws) =>
        new(TextWriter.Null, new StringWriter(_error), isInteractive: false, usesColour: false) { Redraws = redraws, Clock = _clock, Width = () => 60 };

    private Terminal Asking(Keyboard keyboard) =>
        new(TextWriter.Null, new StringWriter(_error), isInteractive: true, usesColour: false) { Redraws = true, Keyboard = () => keyboard };

    /// <summary>Frame by frame: a fake clock that jumps fires a timer late, which no real one does.</summary>
    private void Pass(double seconds)
    {
        for (var frame = 0; frame < seconds * 10; frame++)
            _clock.Advance(TimeSpan.FromMilliseconds(100));
    }

    /// <summary>A keyboard at which somebody sits who has perhaps not typed yet.</summary>
    private sealed class Keyboard : TextReader
    {
        private readonly BlockingCollection<string> _lines = [];

        public void Type(string line) => _lines.Add(line, TestContext.Current.CancellationToken);

        public override string ReadLine() => _lines.Take(TestContext.Current.CancellationToken);

        protected override void Dispose(bool disposing)
        {
            _lines.Dispose();
            base.Dispose(disposing);
        }
    }
}
