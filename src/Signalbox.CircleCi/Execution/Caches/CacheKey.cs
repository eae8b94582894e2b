using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Signalbox.CircleCi.Compilation;

namespace Signalbox.CircleCi.Execution.Caches;

/// <summary>A cache key's template: the part of Go's text/template that CircleCI documents ("Caching", "Using keys and templates").</summary>
internal sealed partial class CacheKey(IEnumerable<Variable> variables, Func<string, Task<string>> checksum, TimeProvider clock)
{
    private const int Longest = 900;

    private readonly Dictionary<string, string> _variables = Merge(variables);

    /// <returns>The key, or what CircleCI prints when it cannot be computed.</returns>
    public async Task<(string? Key, string? Problem)> Expand(string template)
    {
        var key = new StringBuilder();
        var at = 0;
        foreach (Match action in Action.Matches(template))
        {
            key.Append(template, at, action.Index - at);
            var (value, problem) = await Evaluate(action.Groups["text"].Value.Trim(), action.Index);
            if (problem is not null)
                return (null, $"error computing cache key: template: cacheKey:1:{problem}");
            key.Append(value);
            at = action.Index + action.Length;
        }

        var rest = template[at..];
        if (rest.IndexOf("{{", StringComparison.Ordinal) is var open and >= 0)
            return (null, $"error computing cache key: template: cacheKey:1:{at + open}: unclosed action");
        key.Append(rest);
        return key.Length > Longest ? (null, $"error computing cache key: it has {key.Length} characters, and at most {Longest} are allowed") : (key.ToString(), null);
    }

    private async Task<(string? Value, string? Problem)> Evaluate(string action, int place)
    {
        switch (action)
        {
            case ".Branch":
                return (Of("CIRCLE_BRANCH"), null);
            case ".BuildNum":
                return (Of("CIRCLE_BUILD_NUM"), null);
            case ".Revision":
                return (Of("CIRCLE_SHA1"), null);
            case ".CheckoutKey":
                return ("local", null); // jobs are checked out from the person's own repository, with no key at all
            case "epoch":
                return (clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), null);
            case "arch":
                return (Architecture.Value, null);
        }

        if (EnvironmentField.Match(action) is { Success: true } field)
            return (_variables.GetValueOrDefault(field.Groups["name"].Value, "<no value>"), null);
        if (ChecksumCall.Match(action) is not { Success: true } call)
            return (null, $"{place + 3}: function {Word(action)} not defined");
        try
        {
            return (await checksum(call.Groups["path"].Value), null);
        }
        catch (FileNotFoundException missing)
        {
            return (null, $"{place + 3}: executing \"cacheKey\" at <{action}>: error calling checksum: open {missing.FileName}: no such file or directory");
        }
    }

    private string Of(string variable) => _variables.GetValueOrDefault(variable, "");

    private static string Word(string action) => $"\"{action.Split(' ', 2)[0]}\"";

    private static Dictionary<string, string> Merge(IEnumerable<Variable> variables)
    {
        var merged = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in variables)
            merged[variable.Name] = variable.Value;
        return merged;
    }

    /// <summary>As `linux-amd64-6_62`: the system, the processor, its family and model.</summary>
    private static Lazy<string> Architecture { get; } = new(() =>
    {
        var system = OperatingSystem.IsMacOS() ? "darwin" : "linux";
        var processor = RuntimeInformation.OSArchitecture is System.Runtime.InteropServices.Architecture.X64
            ? "amd64"
            : RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();
        var lines = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").Take(20).ToArray() : [];
        return $"{system}-{processor}-{Number("cpu family")}_{Number("model")}";

        string Number(string name) =>
            lines.Select(line => line.Split(':', 2)).FirstOrDefault(parts => parts.Length == 2 && parts[0].Trim() == name)?[1].Trim() ?? "0";
    });

    [GeneratedRegex(@"\{\{-?(?<text>(?:""(?:[^""\\]|\\.)*""|`[^`]*`|[^}""`]|\}(?!\}))*?)-?\}\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Action { get; }

    [GeneratedRegex(@"^\.Environment\.(?<name>[A-Za-z_][A-Za-z0-9_]*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EnvironmentField { get; }

    [GeneratedRegex(@"^checksum\s*(?:""(?<path>[^""]*)""|`(?<path>[^`]*)`)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ChecksumCall { get; }
}
