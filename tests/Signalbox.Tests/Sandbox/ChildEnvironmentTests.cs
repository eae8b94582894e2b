using Signalbox.Diagnostics;
using Signalbox.Processes;
using Signalbox.Sandbox;
using Signalbox.Sandbox.Children;
using Signalbox.Sandbox.Edge.Daemon;
using Signalbox.Sandbox.Emulator;
using Signalbox.Sandbox.Registry.Daemon;
using Xunit;

namespace Signalbox.Tests.Sandbox;

public sealed class ChildEnvironmentTests
{
    private static readonly Dictionary<string, string> Dangerous = new(StringComparer.Ordinal)
    {
        ["AWS_ACCESS_KEY_ID"] = "AKIAREALREALREALREAL",
        ["AWS_SECRET_ACCESS_KEY"] = "real",
        ["AWS_SESSION_TOKEN"] = "real",
        ["AWS_PROFILE"] = "real",
        ["AWS_ROLE_ARN"] = "real",
        ["AWS_WEB_IDENTITY_TOKEN_FILE"] = "real",
        ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "real",
        ["AWS_ENDPOINT_URL_STS"] = "https://real",
        ["AWS_CA_BUNDLE"] = "real",
        ["CURL_CA_BUNDLE"] = "real",
        ["SSL_CERT_FILE"] = "real",
        ["TF_CLI_CONFIG_FILE"] = "real",
        ["TF_CLI_ARGS_plan"] = "-var=real",
        ["TF_LOG"] = "real",
        ["HTTPS_PROXY"] = "http://real",
        ["https_proxy"] = "http://real",
        ["NO_PROXY"] = "real",
        ["CIRCLE_OIDC_TOKEN_V2"] = "real",
        ["CIRCLE_TOKEN"] = "real",
        ["SOME_NEW_WAY_TO_A_REAL_ACCOUNT"] = "real",
    };

    private static readonly Dictionary<string, string> Harmless = new(StringComparer.Ordinal)
    {
        ["PATH"] = "/usr/bin:/bin",
        ["LC_ALL"] = "C.UTF-8",
        ["TF_VAR_parked"] = "true",
        ["CIRCLE_WORKFLOW_ID"] = "7",
        ["CI"] = "true",
    };

    private readonly RunningSandbox _sandbox = new(
        new EmulatorRecord(4711, "1", 4566, "token", "build", "5.2.1", DateTimeOffset.UnixEpoch),
        new SandboxFolder("/repository/.signalbox/sandbox"),
        mirror: null,
        EdgeLauncher.NotRunning.Without("none"),
        RegistryLauncher.NotRunning.Without("none"),
        Dangerous.Concat(Harmless).Append(new("HOME", "/home/real")).ToDictionary(StringComparer.Ordinal));

    [Fact]
    public void Nothing_that_leads_to_a_real_account_reaches_a_child()
    {
        var child = _sandbox.ChildEnvironment();

        Assert.DoesNotContain(child.Values, value => value.Contains("real", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("SIGNALBOXSANDBOXONLY", child["AWS_ACCESS_KEY_ID"]);
        Assert.Equal("http://127.0.0.1:4566", child["AWS_ENDPOINT_URL"]);
        Assert.Equal("/repository/.signalbox/sandbox/home", child["HOME"]);
        Assert.Equal(child["HTTPS_PROXY"], child["https_proxy"]);
        Assert.DoesNotContain("amazon", child["NO_PROXY"], StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_child_needs_of_the_person_reaches_it()
    {
        var child = _sandbox.ChildEnvironment();

        Assert.All(Harmless, variable => Assert.Equal(variable.Value, child[variable.Key]));
    }

    [Fact]
    public void A_shell_keeps_its_home_and_loses_what_leads_away()
    {
        var changes = _sandbox.ShellChanges();

        Assert.DoesNotContain(changes.Set, variable => variable.Key is "HOME" or "PATH");
        Assert.Superset(
            new HashSet<string>(["AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_CA_BUNDLE", "AWS_ENDPOINT_URL_STS", "TF_CLI_ARGS_plan"], StringComparer.Ordinal),
            changes.Unset.ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_child_that_asks_for_the_real_aws_does_not_leave_this_machine()
    {
        var (exit, words) = await Run("/usr/bin/env", ["curl", "--silent", "--show-error", "--max-time", "5", "https://sts.amazonaws.com"], _sandbox.ChildEnvironment());

        Assert.Equal(7, exit); // curl: could not connect, to the proxy and not to AWS
        Assert.Contains("127.0.0.1 port 9", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("it's")]
    [InlineData("$(id) `id` \\ \" * ; ' ''")]
    [InlineData("two\nlines")]
    [InlineData("")]
    public async Task A_shell_reads_back_exactly_what_was_quoted(string value)
    {
        var changes = new ShellChanges([new("VALUE", value)], ["GONE"]);
        var script = $"{string.Join('\n', changes.Lines())}\nprintf '%s|%s' \"$VALUE\" \"${{GONE-unset}}\"";

        var (_, words) = await Run("/bin/sh", ["-c", script], new Dictionary<string, string>(StringComparer.Ordinal) { ["GONE"] = "x" });

        Assert.Equal($"{value}|unset", words);
    }

    private static async Task<(int Exit, string Words)> Run(
        string program,
        ValueList<string> arguments,
        IReadOnlyDictionary<string, string> variables)
    {
        var lines = new List<string>();
        var command = new Command(program, arguments) { Folder = "/", Environment = variables };
        var exit = await new ProcessRunner(TimeProvider.System).Run(command, line => lines.Add(line.Text), TemporaryRepository.Cancellation);
        return (exit.Code, string.Join('\n', lines));
    }
}
