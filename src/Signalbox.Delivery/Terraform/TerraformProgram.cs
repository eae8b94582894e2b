using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Signalbox.Diagnostics;
using Signalbox.Journal;
using Signalbox.Processes;

namespace Signalbox.Delivery.Terraform;

/// <summary>The Terraform (or OpenTofu) to use, and its version.</summary>
/// <param name="Product">`Terraform` or `OpenTofu`, for messages.</param>
public sealed record TerraformProgram(string Path, string Product, Version Version)
{
    private static readonly Version OldestTerraform = new(1, 11, 0);
    private static readonly Version OldestTofu = new(1, 10, 0);

    /// <summary>
    /// Finds `$SIGNALBOX_TERRAFORM`, `terraform` or `tofu` and asks its version once: the answer is kept in
    /// <paramref name="stateFolder"/> for as long as the file is the same, because each start costs time.
    /// </summary>
    public static async Task<Outcome<TerraformProgram>> Find(
        IReadOnlyDictionary<string, string> variables,
        string stateFolder,
        ProcessRunner runner,
        CancellationToken cancellation)
    {
        var chosen = variables.GetValueOrDefault("SIGNALBOX_TERRAFORM");
        var path = chosen is { Length: > 0 }
            ? (File.Exists(chosen) ? System.IO.Path.GetFullPath(chosen) : null)
            : ProgramSearch.Find("terraform", variables) ?? ProgramSearch.Find("tofu", variables);
        if (path is null)
        {
            return TerraformRules.NotFound.Without(
                chosen is { Length: > 0 } ? $"`SIGNALBOX_TERRAFORM` names `{chosen}`, which does not exist" : "neither `terraform` nor `tofu` is on the PATH",
                "run `scripts/setup.sh`, which finds or installs Terraform 1.11 or newer");
        }

        var answer = await RememberedVersion(path, stateFolder, cancellation)
            ?? await AskVersion(path, variables, stateFolder, runner, cancellation);
        if (answer is not { } known)
            return TerraformRules.Unusable.Without($"`{path} version -json` did not answer with a version", $"run `{path} version` and mend what it says");

        var oldest = known.Product == "OpenTofu" ? OldestTofu : OldestTerraform;
        return known.Version >= oldest
            ? known
            : TerraformRules.TooOld.Without(
                $"{known.Product} {known.Version} at `{path}` is too old; {oldest} or newer is needed",
                "install a newer one, or name it in `SIGNALBOX_TERRAFORM`");
    }

    private static async Task<TerraformProgram?> AskVersion(
        string path, IReadOnlyDictionary<string, string> variables, string stateFolder, ProcessRunner runner, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        var command = new Command(path, ["version", "-json"])
        {
            Folder = stateFolder.Length > 0 && Directory.Exists(stateFolder) ? stateFolder : "/",
            Environment = TerraformVariables.Common(variables),
        };
        try
        {
            var exit = await runner.Run(command, line => Collect(text, line), cancellation);
            if (exit.Code != 0 || VersionIn(text.ToString()) is not { } version)
                return null;
            var program = new TerraformProgram(path, await IsTofu(path, command, runner, cancellation) ? "OpenTofu" : "Terraform", version);
            await Remember(program, stateFolder, cancellation);
            return program;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Both answer `-json` with the key `terraform_version`; only the plain text names the product.</summary>
    private static async Task<bool> IsTofu(string path, Command version, ProcessRunner runner, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        await runner.Run(version with { Program = path, Arguments = ["version"] }, line => Collect(text, line), cancellation);
        return text.ToString().StartsWith("OpenTofu", StringComparison.Ordinal);
    }

    private static void Collect(StringBuilder text, OutputLine line)
    {
        if (line.Source == Output.Standard)
            text.AppendLine(line.Text);
    }

    private static Version? VersionIn(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.TryGetProperty("terraform_version", out var version) ? ParseVersion(version.GetString()) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Version? ParseVersion(string? text) =>
        Version.TryParse(text?.Split('-')[0], out var version) ? version : null;

    private static string CacheFile(string stateFolder) => System.IO.Path.Combine(stateFolder, "terraform-version");

    private static string Identity(string path)
    {
        var file = new FileInfo(path);
        return $"{path}|{file.Length}|{file.LastWriteTimeUtc.Ticks}";
    }

    private static async Task<TerraformProgram?> RememberedVersion(string path, string stateFolder, CancellationToken cancellation)
    {
        if (!File.Exists(CacheFile(stateFolder)))
            return null;
        var lines = await File.ReadAllLinesAsync(CacheFile(stateFolder), cancellation);
        return lines is [var identity, var product, var version] && identity == Identity(path) && ParseVersion(version) is { } known
            ? new TerraformProgram(path, product, known)
            : null;
    }

    private static async Task Remember(TerraformProgram program, string stateFolder, CancellationToken cancellation)
    {
        try
        {
            var text = $"{Identity(program.Path)}\n{program.Product}\n{program.Version}\n";
            await DurableFile.Write(CacheFile(stateFolder), Encoding.UTF8.GetBytes(text), cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Only a shortcut: the next start asks again.
        }
    }
}
