using System.Diagnostics;
using Xunit;
using static Signalbox.EndToEnd.Ending;

namespace Signalbox.EndToEnd.SmallRoot;

/// <summary>
/// A repository with a root module that needs no provider, so that everything around a plan is tested with the real
/// Terraform in seconds. It has a sandbox of its own, as every target does.
/// </summary>
public sealed class SmallRepository : IAsyncLifetime
{
    public const string Secret = "correct-horse-battery-staple";

    public const string Configuration = """
        variable "password" {
          type      = string
          sensitive = true
        }
        variable "word" {
          type    = string
          default = "one"
        }
        variable "parked" {
          type    = bool
          default = false
        }
        resource "terraform_data" "kept" {
          input = var.word
        }
        resource "terraform_data" "secret" {
          input = var.password
        }
        output "word" { value = terraform_data.kept.output }
        output "password" {
          value     = terraform_data.secret.output
          sensitive = true
        }
        output "parked" { value = var.parked }

        """;

    /// <summary>Keeps the state in the sandbox's account, where it can be locked, and lost with it.</summary>
    public const string StateInTheBucket = """
        terraform {
          backend "s3" {
            bucket       = "small-state"
            key          = "small.tfstate"
            region       = "eu-west-2"
            use_lockfile = true
          }
        }

        """;

    /// <summary>What every root module declares that can be parked.</summary>
    public const string ParkIntent = """
        variable "parked" {
          type    = bool
          default = false
        }
        output "parked" { value = var.parked }

        """;

    /// <summary>Nothing but the environment.</summary>
    public const string PlainSettings = """
        version: 1
        environments:
          small:
            root: root

        """;

    /// <summary>Parking may take `terraform_data` away, which stands for what costs money.</summary>
    public const string SettingsThatPark = PlainSettings + """
            parking:
              allow:
                remove: [terraform_data]

        """;

    public const string Settings = """
        version: 1
        environments:
          small:
            root: root
            targets:
              sandbox:
                variables: { password: correct-horse-battery-staple }
              aws: {}
            guard:
              stateful:
                addresses: [terraform_data.kept]

        """;

    public string Folder { get; } = Directory.CreateTempSubdirectory("signalbox-small-").FullName;

    public async ValueTask InitializeAsync()
    {
        await Write("signalbox.yml", Settings);
        await Write("root/main.tf", Configuration);
        await Write(".gitignore", ".signalbox/\n*.tfstate*\n");
        await Git("init", "-q");
        await Commit("a root module");
        Assert.Equal(0, (await Signalbox("sandbox", "up")).Code);
    }

    public async ValueTask DisposeAsync()
    {
        await Signalbox("sandbox", "down");
        Directory.Delete(Folder, recursive: true);
    }

    internal StartedProgram Start(params string[] command) => new(Folder, command);

    /// <summary>Whoever works in the root module: Terraform, and its providers.</summary>
    public IEnumerable<Process> AtWork() =>
        Process.GetProcesses().Where(process => new DirectoryInfo($"/proc/{process.Id}/cwd").LinkTarget == Path.Combine(Folder, "root"));

    public IEnumerable<Process> TerraformsAtWork() => AtWork().Where(process => process.ProcessName == "terraform");

    public Task<Ending> Signalbox(params string[] arguments) => PublishedProgram.Run(Folder, arguments);

    public Task<Ending> SignalboxWith((string Name, string? Value)[] variables, params string[] arguments) => PublishedProgram.Run(Folder, arguments, variables);

    /// <summary>Runs a shell command that talks to the sandbox as a person's shell would; the test fails when it does.</summary>
    public async Task<Ending> Shell(string command) => Must(await PublishedProgram.RunOther(
        "/bin/bash", Folder, ["-c", $"eval \"$({PublishedProgram.Path} sandbox env)\"; {command}"], CancellationToken.None));

    /// <summary>Plans, and fails the test when that does not work.</summary>
    /// <returns>The path of the sealed plan.</returns>
    public async Task<string> Plan(string name, params string[] more)
    {
        var file = Path.Combine(Folder, ".signalbox", $"{name}.plan");
        var ending = await Signalbox(["plan", "small", "--out", file, .. more]);
        Assert.True(ending.Code is 0, ending.ToString());
        return file;
    }

    public async Task Write(string path, string text)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
    }

    public async Task Commit(string message)
    {
        await Git("add", "-A");
        await Git("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-q", "--allow-empty", "-m", message);
    }

    public async Task Git(params string[] arguments)
    {
        var ending = await PublishedProgram.RunOther("/usr/bin/git", Folder, arguments, CancellationToken.None);
        Assert.True(ending.Code is 0, ending.ToString());
    }
}
