using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation.Binding;

/// <summary>Steps of a compiled job.</summary>
internal sealed class StepBinder(BoundValues values)
{
    private static readonly Rule NotAStep = new("SB1514", Severity.Error, "An item of `steps` is not one step");

    private const string Indentation = "indent the step's keys below its name, two columns deeper";

    public Step? Bind(YamlNode node)
    {
        switch (node)
        {
            case YamlNode.Scalar { IsNull: false } name:
                return Bind(name.Text, argument: null, node);
            case YamlNode.Mapping { Entries: [var only] }:
                return Bind(only.Name, only.Value is YamlNode.Scalar { IsNull: true } ? null : only.Value, node);
            case YamlNode.Mapping { Entries: [{ Value: YamlNode.Scalar { IsNull: true } } first, ..] }:
                values.Report(NotAStep, node, $"the keys of `{first.Name}` stand beside it, so this is several steps in one item", Indentation);
                return null;
            default:
                values.Report(NotAStep, node, $"a step is a name, or a mapping of one name to its keys, and this is {node.Kind}", Indentation);
                return null;
        }
    }

    private Step? Bind(string name, YamlNode? argument, YamlNode step) =>
        name is "run" or "deploy" ? Run(name, argument, step) : BuiltIn(name, argument, step);

    private Step BuiltIn(string name, YamlNode? argument, YamlNode step)
    {
        var keys = argument as YamlNode.Mapping ?? YamlNode.Mapping.At(step, []);
        Step bound = name switch
        {
            "checkout" => new Step.Checkout(values.Text(keys, "path") ?? ".", values.Text(keys, "method") ?? "blobless", Depth(keys)) { Title = "Checkout code" },
            "save_cache" => new Step.SaveCache(values.RequiredText(keys, "key", name), values.Texts(keys, "paths")) { Title = "Saving Cache" },
            "restore_cache" => new Step.RestoreCache([.. values.Texts(keys, "key"), .. values.Texts(keys, "keys")]) { Title = "Restoring Cache" },
            "persist_to_workspace" => new Step.PersistToWorkspace(values.RequiredText(keys, "root", name), values.Texts(keys, "paths")) { Title = "Persisting to Workspace" },
            "attach_workspace" => new Step.AttachWorkspace(values.RequiredText(keys, "at", name)) { Title = "Attaching Workspace" },
            "store_artifacts" => new Step.StoreArtifacts(values.RequiredText(keys, "path", name), values.Text(keys, "destination")) { Title = "Uploading artifacts" },
            "store_test_results" => new Step.StoreTestResults(values.RequiredText(keys, "path", name)) { Title = "Uploading test results" },
            "setup_remote_docker" => new Step.SetupRemoteDocker(values.Text(keys, "version")) { Title = "Setup Remote Docker" },
            "add_ssh_keys" => new Step.AddSshKeys(values.Texts(keys, "fingerprints")) { Title = "Installing additional SSH keys" },
            "install_signing_bundle" => new Step.InstallSigningBundle { Title = "Installing signing bundle" },
            _ => new Step.Unknown(name) { Title = name },
        };
        return bound with { Title = values.Text(keys, "name") ?? bound.Title, When = When(keys) };
    }

    private Step.Run? Run(string name, YamlNode? argument, YamlNode step)
    {
        if (argument is YamlNode.Scalar shorthand)
            return new Step.Run(shorthand.Text) { Title = FirstLine(shorthand.Text), IsDeploy = name == "deploy" };
        if (argument is not YamlNode.Mapping keys || keys["command"] is null)
        {
            values.Report(NotAStep, step, $"`{name}` needs a `command`", Indentation);
            return null;
        }

        var command = values.RequiredText(keys, "command", name);
        return new Step.Run(command)
        {
            Title = values.Text(keys, "name") ?? FirstLine(command),
            When = When(keys),
            Shell = ShellOf(keys, values),
            Environment = EnvironmentBinder.Bind(keys["environment"], values),
            WorkingDirectory = values.Text(keys, "working_directory"),
            IsBackground = values.Boolean(keys, "background"),
            NoOutputTimeout = values.Duration(keys, "no_output_timeout", TimeSpan.FromMinutes(10)),
            AutomaticReruns = values.Number(keys, "max_auto_reruns", fallback: 0, least: 0, most: 5),
            RerunDelay = values.Duration(keys, "auto_rerun_delay", TimeSpan.Zero),
            IsDeploy = name == "deploy",
        };
    }

    /// <summary>A shell is a line, or its words as a list.</summary>
    public static string? ShellOf(YamlNode.Mapping keys, BoundValues values) =>
        keys["shell"] is YamlNode.Sequence ? string.Join(' ', values.Texts(keys, "shell")) : values.Text(keys, "shell");

    private int? Depth(YamlNode.Mapping keys) =>
        keys["depth"] is null ? null : values.Number(keys, "depth", fallback: 1, least: 1, most: int.MaxValue);

    private StepCondition When(YamlNode.Mapping keys)
    {
        switch (values.Text(keys, "when"))
        {
            case null or "on_success":
                return StepCondition.OnSuccess;
            case "on_fail":
                return StepCondition.OnFail;
            case "always":
                return StepCondition.Always;
            default:
                values.Wrong(keys["when"]!, "when", "`on_success`, `on_fail` or `always`");
                return StepCondition.OnSuccess;
        }
    }

    private static string FirstLine(string command)
    {
        var line = command.Split('\n').Select(text => text.Trim()).FirstOrDefault(text => text.Length > 0 && !text.StartsWith("#!", StringComparison.Ordinal));
        return line ?? command.Trim();
    }
}
