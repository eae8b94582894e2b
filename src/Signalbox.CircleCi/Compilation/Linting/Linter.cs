using Signalbox.CircleCi.Config;

namespace Signalbox.CircleCi.Compilation.Linting;

/// <summary>Looks for what compiles and is probably not meant: names that nobody uses, and values that change on their way.</summary>
internal sealed class Linter(SourceConfig config, ElementScope scope, IEnumerable<string> groups, CompilationReport report)
{
    public void Look()
    {
        _ = (config, scope, groups, report);
    }
}
