using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Compilation.Interpolation;
using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Config;

/// <summary>Reads the names that a config or an orb declares, and the orbs that it imports, recursively.</summary>
internal sealed class ScopeReader(OrbLibrary library, Interpolator interpolator, Problems problems, CompilationReport report, bool mayMissOrbs)
{
    private const int DeepestImport = 8;

    private static readonly Rule MissingOrb = new("SB1120", Severity.Error, "An orb is missing");
    private static readonly Rule MalformedOrb = new("SB1121", Severity.Error, "An orb is imported wrongly");
    private static readonly Rule LeftOut = new("SB1125", Severity.Warning, "An orb is missing, and what it defines is left out");

    private readonly Dictionary<string, ElementScope?> _imported = new(StringComparer.Ordinal);

    public async Task<ElementScope> Read(YamlNode.Mapping root, bool isConfig, int depth, CancellationToken cancellation)
    {
        var scope = new ElementScope { IsConfig = isConfig };
        SourceConfig.Declare(root, "commands", scope.Commands, scope, report);
        SourceConfig.Declare(root, "executors", scope.Executors, scope, report);
        SourceConfig.Declare(root, "jobs", scope.Jobs, scope, report);
        foreach (var orb in SourceConfig.Section(root, "orbs", report))
            scope.Orbs[orb.Name] = await Import(orb, new Frame(scope), depth + 1, cancellation);
        return scope;
    }

    private async Task<ElementScope?> Import(YamlEntry orb, Frame frame, int depth, CancellationToken cancellation)
    {
        if (depth > DeepestImport)
        {
            report.Add(MalformedOrb, orb.Key, $"orbs import each other more than {DeepestImport} levels deep", "break the circle");
            return null;
        }

        if (orb.Value is YamlNode.Mapping inline)
            return await Read(inline, isConfig: false, depth, cancellation);
        if (interpolator.Substitute(orb.Value, frame) is not YamlNode.Scalar { IsText: true } reference || !IsReference(reference.Text))
        {
            report.Add(MalformedOrb, orb.Value, $"orb {Culprit.Quote(orb.Name)} is no reference", "write `namespace/name@version`, or the orb itself as a mapping");
            return null;
        }

        if (!_imported.TryGetValue(reference.Text, out var scope))
        {
            scope = await Load(reference, depth, cancellation);
            _imported[reference.Text] = scope;
        }

        return scope;
    }

    private async Task<ElementScope?> Load(YamlNode.Scalar reference, int depth, CancellationToken cancellation)
    {
        var found = await library.Find(reference.Text, cancellation);
        if (found is null)
        {
            if (mayMissOrbs)
                report.Add(LeftOut, reference, $"orb {Culprit.Quote(reference.Text)} is missing; what it defines is left out", library.HowToVendor(reference.Text));
            else
                report.Add(MissingOrb, reference, $"orb {Culprit.Quote(reference.Text)} is {library.WhereItIsNot}", library.HowToVendor(reference.Text));
            return null;
        }

        if (problems.Take(found) is not { } source || YamlReader.Read(source, problems) is not { } root)
            return null;
        if (root is YamlNode.Mapping mapping)
            return await Read(mapping, isConfig: false, depth, cancellation);
        report.Add(MalformedOrb, root, $"the source of an orb is {root.Kind}, not a mapping", "vendor the packed source of the orb");
        return null;
    }

    private static bool IsReference(string text) => text.StartsWith("https://", StringComparison.Ordinal) || OrbReference.Parse(text) is not null;
}
