using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation.Jobs;

/// <summary>The steps that CircleCI itself knows, and what may be said to each.</summary>
internal sealed class BuiltInSteps(CompilationReport report)
{
    private static readonly Rule MissingKey = new("SB1044", Severity.Error, "A step lacks a key");
    private static readonly Rule UnknownKey = new("SB1046", Severity.Warning, "A step has a key that is not used");
    private static readonly Rule WrongValue = new("SB1047", Severity.Error, "A key of a step has an impossible value");

    private static readonly string[] Conditions = ["always", "on_success", "on_fail"];

    private static readonly Dictionary<string, Shape> Shapes = new(StringComparer.Ordinal)
    {
        ["run"] = new(["command"], ["name", "shell", "environment", "background", "working_directory", "no_output_timeout", "when", "max_auto_reruns", "auto_rerun_delay"]),
        ["deploy"] = new(["command"], ["name", "shell", "environment", "background", "working_directory", "no_output_timeout", "when", "max_auto_reruns", "auto_rerun_delay"]),
        ["checkout"] = new([], ["path", "method", "depth", "name", "when"], CanStandAlone: true),
        ["setup_remote_docker"] = new([], ["docker_layer_caching", "prefer_same_region", "version", "name", "when", "reusable"], CanStandAlone: true),
        ["save_cache"] = new(["key", "paths"], ["name", "when"]),
        ["restore_cache"] = new(["key|keys"], ["name", "when"]),
        ["store_artifacts"] = new(["path"], ["destination", "name", "when", "prefix"]),
        ["store_test_results"] = new(["path"], ["name", "when"]),
        ["persist_to_workspace"] = new(["root", "paths"], ["name", "when"]),
        ["attach_workspace"] = new(["at"], ["name", "when"]),
        ["add_ssh_keys"] = new([], ["fingerprints", "name", "when"], CanStandAlone: true),
        ["install_signing_bundle"] = new([], ["name", "when"], CanStandAlone: true),
    };

    public static IEnumerable<string> Names => Shapes.Keys;

    public static bool Knows(string name) => Shapes.ContainsKey(name);

    /// <summary>A step without anything below it.</summary>
    public YamlNode Alone(YamlNode.Scalar name, CallChain? calls)
    {
        if (!Shapes[name.Text].CanStandAlone)
            report.Add(MissingKey, name, $"{Culprit.Quote(name.Text)} needs {Told(Shapes[name.Text].Required)}", $"write `{name.Text}:` with {Told(Shapes[name.Text].Required)} below it", calls);
        return YamlNode.Scalar.OfText(name, name.Text);
    }

    /// <summary>A step with its value, references already in place.</summary>
    public YamlNode With(YamlEntry step, YamlNode value, CallChain? calls)
    {
        var shape = Shapes[step.Name];
        switch (value)
        {
            case YamlNode.Scalar { IsNull: true } when shape.CanStandAlone:
                return YamlNode.Scalar.OfText(step.Key, step.Name);
            case YamlNode.Scalar { IsNull: false } command when step.Name is "run" or "deploy":
                return Step(step, YamlNode.Mapping.At(value, [YamlEntry.Of("command", AsText(command))]));
            case YamlNode.Mapping mapping:
                Check(step, shape, mapping, calls);
                return Step(step, mapping);
            default:
                report.Add(MissingKey, step.Key, $"{Culprit.Quote(step.Name)} needs {Told(shape.Required)}, but has {value.Kind}", $"write {Told(shape.Required)} below it, indented further", calls);
                return Step(step, YamlNode.Mapping.At(value, []));
        }
    }

    private static YamlNode.Mapping Step(YamlEntry step, YamlNode.Mapping value) =>
        YamlNode.Mapping.At(step.Key, [new YamlEntry(step.Key, value)]);

    private static YamlNode.Scalar AsText(YamlNode.Scalar command) => command.IsText ? command : YamlNode.Scalar.OfText(command, command.Text);

    private void Check(YamlEntry step, Shape shape, YamlNode.Mapping mapping, CallChain? calls)
    {
        foreach (var required in shape.Required)
        {
            var alternatives = required.Split('|');
            if (!alternatives.Any(key => mapping[key] is { } value and not YamlNode.Scalar { IsNull: true }))
                report.Add(MissingKey, step.Key, $"{Culprit.Quote(step.Name)} has no {Told([required])}", $"add `{alternatives[0]}:` below it", calls);
        }

        foreach (var entry in mapping.Entries)
        {
            if (!shape.Allows(entry.Name))
                report.Add(UnknownKey, entry.Key, $"{Culprit.Quote(entry.Name)} is not a key of {Culprit.Quote(step.Name)}", NearestName.Of(entry.Name, shape.All) is { } near ? $"did you mean `{near}`?" : $"its keys are {string.Join(", ", shape.All)}", calls);
            else if (Impossible(step.Name, entry, mapping) is var (message, hint))
                report.Add(WrongValue, entry.Value, message, hint, calls);
        }
    }

    private static (string Message, string Hint)? Impossible(string step, YamlEntry entry, YamlNode.Mapping mapping)
    {
        var text = (entry.Value as YamlNode.Scalar)?.Text ?? "";
        return (step, entry.Name) switch
        {
            (_, "when") when !Conditions.Contains(text) => ($"`when` of a step cannot be {Culprit.Quote(text)}", "it is `always`, `on_success` or `on_fail`; a condition is a step of its own: `- when: {condition: …, steps: […]}`"),
            ("run" or "deploy", "command") when entry.Value is not YamlNode.Scalar => ($"`command` is {entry.Value.Kind}, not text", "write several lines as a block: `command: |`"),
            (_, "no_output_timeout") when !IsDuration(text) => ($"{Culprit.Quote(text)} is not a time", "write a number and `s`, `m` or `h`, such as `20m`"),
            (_, "max_auto_reruns") when entry.Value is not YamlNode.Scalar { WholeNumber: >= 1 and <= 5 } => ($"`max_auto_reruns` cannot be {Culprit.Quote(text)}", "it is a number from 1 to 5"),
            (_, "max_auto_reruns" or "auto_rerun_delay") when mapping["background"] is YamlNode.Scalar { IsTrue: true } => ("Background steps cannot use max_auto_reruns or auto_rerun_delay fields", "remove it, or run the step in the foreground"),
            (_, "auto_rerun_delay") when mapping["max_auto_reruns"] is null => ("`auto_rerun_delay` needs `max_auto_reruns`", "add `max_auto_reruns: 1`, or remove the delay"),
            ("checkout", "method") when text is not ("blobless" or "full" or "shallow") => ($"`method` cannot be {Culprit.Quote(text)}", "it is `blobless`, `full` or `shallow`"),
            ("checkout", "depth") when entry.Value is not YamlNode.Scalar { WholeNumber: >= 1 } => ($"`depth` cannot be {Culprit.Quote(text)}", "it is a number from 1"),
            _ => null,
        };
    }

    private static bool IsDuration(string text)
    {
        var number = text.TrimEnd('s', 'm', 'h');
        return number.Length > 0 && number.Length < text.Length && decimal.TryParse(number, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out _);
    }

    private static string Told(IEnumerable<string> keys) => string.Join(" and ", keys.Select(key => string.Join(" or ", key.Split('|').Select(name => $"`{name}`"))));

    /// <param name="Required">A key each, or alternatives such as `key|keys`.</param>
    private sealed record Shape(string[] Required, string[] Optional, bool CanStandAlone = false)
    {
        public IEnumerable<string> All => Required.SelectMany(key => key.Split('|')).Concat(Optional);

        public bool Allows(string key) => All.Contains(key, StringComparer.Ordinal);
    }
}
