using System.Collections.Frozen;
using Signalbox.CircleCi.Compilation;

namespace Signalbox.CircleCi.Execution.Jobs;

/// <summary>The machine that jobs run on, as the person who started the engine sees it.</summary>
/// <param name="Program">This program, absolute: the `circleci` of a job calls it back.</param>
/// <param name="Variables">The person's own environment. A job inherits only what it needs to find and reach things.</param>
public sealed record JobHost(string Program, IReadOnlyDictionary<string, string> Variables)
{
    private static readonly FrozenSet<string> Inherited = FrozenSet.Create(
        StringComparer.Ordinal,
        "LANG", "LC_ALL", "LC_CTYPE", "TZ",
        "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy",
        "SSL_CERT_FILE", "SSL_CERT_DIR");

    internal string SearchPath => Variables.GetValueOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");

    /// <summary>Language, time zone, proxies and certificates: they belong to the machine, not to the person.</summary>
    internal IEnumerable<Variable> OfTheMachine =>
        Variables.Where(variable => Inherited.Contains(variable.Key)).Select(variable => new Variable(variable.Key, variable.Value));
}
