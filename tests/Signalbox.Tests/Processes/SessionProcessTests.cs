using System.ComponentModel;
using Signalbox.Processes;
using Signalbox.Processes.Sessions;
using Xunit;

namespace Signalbox.Tests.Processes;

public sealed class SessionProcessTests
{
    [Fact]
    public async Task It_leads_a_session_of_its_own_and_reads_what_it_is_given()
    {
        var input = Path.GetTempFileName();
        await File.WriteAllTextAsync(input, "given", TestContext.Current.CancellationToken);
        await using var process = Start("cat; echo \" $PWD $NAME\"; ps -o pid=,sid=,pgid= -p $$", input);

        var (text, code) = (await Output(process), await process.Exited);
        File.Delete(input);

        var parts = text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var id = $"{process.Id}";
        Assert.Equal(["given", "/", "value", id, id, id], parts);
        Assert.Equal(0, code);
    }

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("kill -KILL $$", 137)]
    public async Task Its_exit_code_is_a_shell_s(string script, int code)
    {
        await using var process = Start(script);

        Assert.Equal(code, await process.Exited);
    }

    [Fact]
    public async Task An_interrupt_reaches_the_children_once_and_leaves_them_time()
    {
        await using var process = Start("bash -c 'trap \"echo child asked; exit\" INT; echo ready; while :; do sleep 0.05; done'; echo parent goes on");
        using var reader = new StreamReader(process.Output);

        Assert.Equal("ready", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        await process.Stop(TimeSpan.FromSeconds(30), TimeProvider.System);

        Assert.StartsWith("child asked\n", await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disposal_ends_children_that_ignore_everything()
    {
        var process = Start("trap '' INT TERM HUP; (trap '' INT TERM HUP; echo $BASHPID; while :; do sleep 1; done) & wait");
        using var reader = new StreamReader(process.Output);
        var child = int.Parse((await reader.ReadLineAsync(TestContext.Current.CancellationToken))!);

        await process.DisposeAsync();

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await ProcessIdentity.Of(child, limit.Token) is not null)
            await Task.Yield();
    }

    [Theory]
    [InlineData("/no/such/program", "/")]
    [InlineData("/bin/sh", "/no/such/folder")]
    public void What_cannot_be_started_is_refused(string program, string folder) =>
        Assert.Throws<Win32Exception>(() => new ProcessRunner(TimeProvider.System).Start(new SessionCommand(program, []) { Folder = folder }));

    private static SessionProcess Start(string script, string input = "/dev/null") =>
        new ProcessRunner(TimeProvider.System).Start(new SessionCommand("/bin/bash", ["-c", script])
        {
            Folder = "/",
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin", ["NAME"] = "value" },
            InputFile = input,
        });

    private static async Task<string> Output(SessionProcess process)
    {
        using var reader = new StreamReader(process.Output);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
