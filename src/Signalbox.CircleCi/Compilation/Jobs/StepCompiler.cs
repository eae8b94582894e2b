using Signalbox.CircleCi.Compilation.Interpolation;
using Signalbox.CircleCi.Compilation.Parameters;
using Signalbox.CircleCi.Config;
using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation.Jobs;

/// <summary>Flattens a list of steps: commands are expanded, conditions decided, parameters that are steps put in place.</summary>
internal sealed class StepCompiler
{
    private const int DeepestCalls = 100;

    private static readonly Rule Malformed = new("SB1042", Severity.Error, "A step is malformed");
    private static readonly Rule SameIndentation = new("SB1043", Severity.Error, "The keys of a step stand beside it instead of below it");
    private static readonly Rule UnknownCommand = new("SB1040", Severity.Error, "A step names no command");
    private static readonly Rule Recursive = new("SB1041", Severity.Error, "A command invokes itself");
    private static readonly Rule BadCondition = new("SB1045", Severity.Error, "A conditional step is malformed");
    private static readonly Rule MissingOrb = new("SB1123", Severity.Warning, "A step of a missing orb is left out");

    private readonly Interpolator _interpolator;
    private readonly LogicStatements _logic;
    private readonly CompilationReport _report;
    private readonly BuiltInSteps _builtIn;

    public StepCompiler(Interpolator interpolator, LogicStatements logic, CompilationReport report)
    {
        _interpolator = interpolator;
        _logic = logic;
        _report = report;
        _builtIn = new BuiltInSteps(report);
        Binder = new ArgumentBinder(interpolator, report, Compile);
    }

    public ArgumentBinder Binder { get; }

    /// <param name="steps">A list, or the single step that the schema also allows in places.</param>
    public YamlNode.Sequence Compile(YamlNode steps, Frame frame)
    {
        var compiled = new List<YamlNode>();
        Expand(steps, frame, compiled);
        return YamlNode.Sequence.At(steps, compiled);
    }

    private void Expand(YamlNode steps, Frame frame, List<YamlNode> compiled)
    {
        if (_report.IsExhausted)
            return;
        switch (steps)
        {
            case YamlNode.Sequence list:
                foreach (var step in list.Items)
                    Step(step, frame, compiled);
                break;
            case YamlNode.Scalar { IsNull: true }:
                break;
            default:
                if (Interpolator.Argument(steps, frame) is { Node: YamlNode.Sequence passed })
                    compiled.AddRange(passed.Items);
                else
                    Step(steps, frame, compiled);
                break;
        }
    }

    private void Step(YamlNode step, Frame frame, List<YamlNode> compiled)
    {
        if (_report.IsExhausted)
            return;
        switch (step)
        {
            case YamlNode.Scalar { IsNull: false } written when _interpolator.Substitute(written, frame) is YamlNode.Scalar name:
                Bare(name, frame, compiled);
                break;
            case YamlNode.Mapping { Entries: [var only] }:
                Invoke(only, frame, compiled);
                break;
            case YamlNode.Mapping { Entries: [{ Value: YamlNode.Scalar { IsNull: true } } first, ..] several }:
                _report.Add(SameIndentation, first.Key, $"the keys of {Culprit.Quote(first.Name)} stand beside it, so they are not its own", $"indent {string.Join(", ", several.Skip(1).Take(3).Select(entry => $"`{entry.Name}`"))} two spaces further than `{first.Name}`", frame.Calls);
                break;
            case YamlNode.Mapping { Entries.Length: > 1 } several:
                _report.Add(Malformed, several.Entries[1].Key, $"a step has one name, but here are {Culprit.Quote(several.Entries[0].Name)} and {Culprit.Quote(several.Entries[1].Name)}", "begin each step with `- `, and indent its keys further than its name", frame.Calls);
                break;
            default:
                _report.Add(Malformed, step, $"{step.Kind} is not a step", "write a name, or a name with keys below it", frame.Calls);
                break;
        }
    }

    private void Bare(YamlNode.Scalar name, Frame frame, List<YamlNode> compiled)
    {
        if (frame.Elements.FindCommand(name.Text) is { } command)
            Call(command, [], name, frame, compiled);
        else if (BuiltInSteps.Knows(name.Text))
            Emit(_builtIn.Alone(name, frame.Calls), compiled);
        else if (frame.Elements.IsMissing(name.Text))
            LeaveOut(name, frame);
        else if (name.Text is "when" or "unless" or "steps")
            _report.Add(Malformed, name, $"{Culprit.Quote(name.Text)} needs something below it", "write its keys indented below it", frame.Calls);
        else
            Unknown(name, frame);
    }

    private void Invoke(YamlEntry step, Frame frame, List<YamlNode> compiled)
    {
        switch (step.Name)
        {
            case "when" or "unless":
                Conditional(step, frame, compiled);
                return;
            case "steps" when frame.Elements.FindCommand("steps") is null:
                Expand(step.Value, frame, compiled);
                return;
        }

        if (frame.Elements.FindCommand(step.Name) is { } command)
        {
            switch (step.Value)
            {
                case YamlNode.Mapping arguments:
                    Call(command, arguments.Entries, step.Key, frame, compiled);
                    break;
                case YamlNode.Scalar { IsNull: true }:
                    Call(command, [], step.Key, frame, compiled);
                    break;
                default:
                    _report.Add(Malformed, step.Value, $"command {Culprit.Quote(step.Name)} takes its arguments by name, not {step.Value.Kind}", $"write `{step.Name}: {{name: value}}`", frame.Calls);
                    break;
            }
        }
        else if (BuiltInSteps.Knows(step.Name))
        {
            Emit(_builtIn.With(step, _interpolator.Substitute(step.Value, frame), frame.Calls), compiled);
        }
        else if (frame.Elements.IsMissing(step.Name))
        {
            LeaveOut(step.Key, frame);
        }
        else
        {
            Unknown(step.Key, frame);
        }
    }

    private void Call(Element command, IEnumerable<YamlEntry> arguments, YamlNode.Scalar at, Frame frame, List<YamlNode> compiled)
    {
        if (frame.Calls?.Holds(command) == true || frame.Calls?.Depth > DeepestCalls)
        {
            _report.Add(Recursive, at, $"command {Culprit.Quote(at.Text)} invokes itself, directly or through others", "break the circle; a command is expanded where it is invoked", frame.Calls);
            return;
        }

        var calls = new CallChain(frame.Calls, "command", at.Text, command);
        var declarations = ParameterDeclarations.Of(command, _report);
        if (Binder.Bind(command, declarations, arguments, frame, at, calls) is not { } bound)
            return;
        if (command.Body["steps"] is { } steps and not YamlNode.Scalar { IsNull: true })
            Expand(steps, new Frame(command.Scope) { Arguments = bound, Calls = calls }, compiled);
        else
            _report.Add(Malformed, command.Key, $"command {Culprit.Quote(command.Name)} has no `steps`", "add `steps:` with at least one step");
    }

    private void Conditional(YamlEntry step, Frame frame, List<YamlNode> compiled)
    {
        if (step.Value is not YamlNode.Mapping body || body["condition"] is not { } condition || body["steps"] is not { } steps)
        {
            _report.Add(BadCondition, step.Key, $"{Culprit.Quote(step.Name)} needs `condition` and `steps`", "write both below it, indented further", frame.Calls);
            return;
        }

        if (_logic.OfStep(condition, frame) == (step.Name == "when"))
            Expand(steps, frame, compiled);
    }

    private void Emit(YamlNode step, List<YamlNode> compiled)
    {
        _report.Spend(step, step.Weight);
        compiled.Add(step);
    }

    private void LeaveOut(YamlNode.Scalar name, Frame frame) =>
        _report.Add(MissingOrb, name, $"{Culprit.Quote(name.Text)} comes from a missing orb and is left out", "vendor the orb to have it checked", frame.Calls);

    private void Unknown(YamlNode.Scalar name, Frame frame)
    {
        var known = frame.Elements.NamesOf(scope => scope.Commands).Concat(BuiltInSteps.Names).Append("when").Append("unless");
        _report.Add(UnknownCommand, name, $"Cannot find a definition for command named {name.Text}", NearestName.Of(name.Text, known) is { } near ? $"did you mean `{near}`?" : "define it under `commands:`, or import the orb it comes from", frame.Calls);
    }
}
