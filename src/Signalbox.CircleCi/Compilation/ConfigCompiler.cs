using Signalbox.CircleCi.Compilation.Interpolation;
using Signalbox.CircleCi.Compilation.Jobs;
using Signalbox.CircleCi.Compilation.Parameters;
using Signalbox.CircleCi.Compilation.Workflows;
using Signalbox.CircleCi.Config;
using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation;

/// <summary>What a config is compiled with.</summary>
public sealed record CompilationRequest(SourceText Config)
{
    public PipelineValues Values { get; init; } = PipelineValues.ForChecking;

    /// <summary>Given to pipeline parameters, as text; each is read as the type that its parameter declares.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public OrbLibrary Orbs { get; init; } = OrbLibrary.Empty;

    /// <summary>A missing orb is a warning, and what comes from it is left out.</summary>
    public bool MayMissOrbs { get; init; }

    /// <summary>Compile the workflows that their conditions exclude as well, so that what is wrong in them is found.</summary>
    public bool ChecksEverything { get; init; }
}

/// <param name="Document">Null when anything is an error.</param>
/// <param name="IsSetup">The config has `setup: true`: its pipeline goes on with another config.</param>
/// <param name="Diagnostics">Everything found, warnings too, in the order of the text.</param>
public sealed record CompilationResult(CompiledDocument? Document, bool IsSetup, ValueList<Diagnostic> Diagnostics);

/// <summary>Compiles a config as CircleCI does ("Configuration processing stages"), without any network unless an orb is to be fetched.</summary>
public sealed class ConfigCompiler
{
    private static readonly Rule NothingToRun = new("SB1073", Severity.Error, "A config has no workflow and no job `build`");
    private static readonly Rule BadSetup = new("SB1077", Severity.Error, "`setup` is not a boolean");

    private readonly CompilationRequest _request;
    private readonly Problems _problems = new();
    private readonly CompilationReport _report;

    private ConfigCompiler(CompilationRequest request)
    {
        _request = request;
        _report = new CompilationReport(_problems);
    }

    public static Task<CompilationResult> Compile(CompilationRequest request, CancellationToken cancellation) => new ConfigCompiler(request).Compile(cancellation);

    private async Task<CompilationResult> Compile(CancellationToken cancellation)
    {
        CompiledDocument? document = null;
        var isSetup = false;
        if (SourceConfig.Read(_request.Config, _problems, _report) is { } source)
        {
            isSetup = source.IsReusable && IsSetup(source.Root);
            document = await Compile(source, isSetup, cancellation);
        }

        return new CompilationResult(_report.HasErrors ? null : document, isSetup, _problems.InOrder());
    }

    private async Task<CompiledDocument> Compile(SourceConfig source, bool isSetup, CancellationToken cancellation)
    {
        var declarations = source.IsReusable ? ParameterDeclarations.OfPipeline(source.Root["parameters"], _report) : ParameterDeclarations.None;
        var config = new ElementScope { IsConfig = true };
        var references = new References(_request.Values, PipelineArguments.Bind(declarations, _request.Parameters, config, _problems));
        var interpolator = new Interpolator(references, _report);
        var orbs = new ScopeReader(_request.Orbs, interpolator, _problems, _report, _request.MayMissOrbs);
        var scope = await orbs.Read(source.IsReusable ? source.Root : SourceConfig.OnlyJobs(source.Root), isConfig: true, depth: 0, cancellation);

        var logic = new LogicStatements(interpolator, references, _report);
        var steps = new StepCompiler(interpolator, logic, _report);
        var filters = new JobFilters(interpolator, logic, _report);
        var planner = new JobPlanner(interpolator, steps, new JobCompiler(interpolator, steps, _report), filters, _report);
        var groups = new JobGroups(source.Root, scope, interpolator, planner, filters, _report);
        var workflows = new WorkflowCompiler(interpolator, logic, planner, groups, _report);
        var frame = new Frame(scope) { IsLiteral = !source.IsReusable };

        var planned = new List<PlannedWorkflow>();
        foreach (var workflow in Workflows(source.Root, scope))
        {
            if (workflows.Compile(workflow, frame, _request.ChecksEverything) is { } kept)
                planned.Add(kept);
        }

        if (_request.ChecksEverything)
            new Linting.Linter(source, scope, isSetup, _report).Look();
        return DocumentAssembly.Assemble(source.Root, [.. planned.Where(workflow => workflow.IsKept)], scope);
    }

    private bool IsSetup(YamlNode.Mapping root)
    {
        if (root["setup"] is not { } setup)
            return false;
        if (setup is YamlNode.Scalar { Type: ScalarType.Boolean } boolean)
            return boolean.IsTrue;
        _report.Add(BadSetup, setup, $"`setup` is {setup.Kind}, not `true` or `false`", "write `setup: true`");
        return false;
    }

    /// <summary>Without workflows, a job called `build` is one by itself.</summary>
    private YamlEntry[] Workflows(YamlNode.Mapping root, ElementScope scope)
    {
        var declared = SourceConfig.Section(root, "workflows", _report).Where(entry => entry.Name != "version").ToArray();
        if (declared.Length > 0 || root["workflows"] is YamlNode.Mapping)
            return declared;
        if (scope.Jobs.TryGetValue("build", out var build))
        {
            var jobs = YamlNode.Sequence.At(build.Key, [YamlNode.Scalar.OfText(build.Key, "build")]);
            return [new YamlEntry(YamlNode.Scalar.OfText(build.Key, "workflow"), YamlNode.Mapping.At(build.Key, [YamlEntry.Of("jobs", jobs)]))];
        }

        if (!_report.HasErrors)
            _report.Add(NothingToRun, _request.Config, new Span(0, 0), "Cannot find a job named `build` to run in the `jobs:` section of your configuration file.", "add `workflows:`, or call one job `build`");
        return [];
    }
}
