using System.Text.RegularExpressions;
using Signalbox.Delivery.Recovery;
using Signalbox.Diagnostics;
using Signalbox.Processes;

namespace Signalbox.Delivery.Terraform;

/// <summary>
/// Plans the import of orphans in a copy of the configuration: a provider reads what it would import, so a plan that works
/// says that it is there. Terraform names one that is not, and the rest are planned again without it.
/// </summary>
public sealed partial class TerraformAccountLook(ProcessRunner runner, TerraformProgram program, TerraformSetting setting) : IAccountLook
{
    /// <summary>Where the copy's own `terraform.tfstate` would be, for roots that keep their state beside them.</summary>
    private const string LocalState = "terraform.tfstate";

    /// <inheritdoc/>
    public async Task<Outcome<IReadOnlySet<string>>> Find(IReadOnlyList<LooseEnd> orphans, string scratch, CancellationToken cancellation)
    {
        var root = Path.Combine(scratch, Path.GetRelativePath(setting.RepositoryFolder, setting.RootFolder));
        try
        {
            Copy(scratch, root);
            var sought = orphans.ToList();
            while (sought.Count > 0)
            {
                await File.WriteAllTextAsync(Path.Combine(root, ImportDraft.FileName), ImportDraft.Blocks(sought), cancellation);
                var problems = await Plan(root, sought, cancellation);
                var gone = problems.Select(Missing).ToHashSet(StringComparer.Ordinal);
                if (problems.Any(problem => Missing(problem) is null) || (problems.Count > 0 && sought.RemoveAll(orphan => gone.Contains(orphan.Address)) == 0))
                    return new Outcome<IReadOnlySet<string>>.Failure(problems);
                if (problems.Count == 0)
                    break;
            }

            return new Outcome<IReadOnlySet<string>>.Success(sought.Select(orphan => orphan.Address).ToHashSet(StringComparer.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return TerraformRules.Failed.Without($"the configuration could not be copied to `{scratch}`: {e.Message}", "make room, and run this again");
        }
        finally
        {
            Remove(scratch);
        }
    }

    private void Copy(string scratch, string root)
    {
        Directory.CreateDirectory(root);
        var files = new InputFiles(setting.RepositoryFolder, setting.RootFolder, setting.DataFolder).Find(setting.VariableFiles, setting.ExtraInputs).Distinct(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var copy = Path.Combine(scratch, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(setting.RepositoryFolder, file), copy, overwrite: true);
        }

        if (File.Exists(Path.Combine(setting.RootFolder, LocalState)))
            File.Copy(Path.Combine(setting.RootFolder, LocalState), Path.Combine(root, LocalState), overwrite: true);
    }

    /// <returns>Nothing when the account holds them all.</returns>
    private async Task<ValueList<Diagnostic>> Plan(string root, List<LooseEnd> sought, CancellationToken cancellation)
    {
        var variables = TerraformVariables.Common(setting.Access.Variables);
        variables["TF_DATA_DIR"] = setting.DataFolder;
        var redactor = Redactor.Of(TerraformVariables.Secrets(variables, RootModule.Read(root).SensitiveVariables()));
        var session = new TerraformSession(runner, new TerraformDiagnostics(setting.RepositoryFolder, root, setting.Access.Target, () => redactor), () => redactor, static _ => { });
        var unconfined = new Command(program.Path, TerraformArguments.Look(setting.VariableFiles, sought.Select(orphan => orphan.Address))) { Folder = root, Environment = variables };
        var exit = await session.Run(setting.Access.Confinement?.Of(unconfined) ?? unconfined, cancellation);
        return session.Failure(exit, "plan", cancellation) ?? [];
    }

    /// <returns>The address that the account lacks; null for every other problem.</returns>
    private static string? Missing(Diagnostic problem) => NotThere.Match(problem.Message) is { Success: true } match
        ? match.Groups["address"].Value.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)
        : null;

    private static void Remove(string scratch)
    {
        try
        {
            Directory.Delete(scratch, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // a copy of what is in the repository, in the program's own folder
        }
    }

    /// <summary>`Cannot import non-existent remote object: While attempting to import an existing object to "ADDRESS", the provider …`; the address is quoted as Go quotes.</summary>
    [GeneratedRegex("^(`[^`]*`: )?Cannot import non-existent remote object: .*? to \"(?<address>.+?)\", the provider", RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 500)]
    private static partial Regex NotThere { get; }
}
