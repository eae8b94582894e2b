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
