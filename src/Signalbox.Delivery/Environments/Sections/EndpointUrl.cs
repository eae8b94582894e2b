using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments.Sections;

/// <summary>An absolute URL of the web.</summary>
internal static class EndpointUrl
{
    private static readonly Rule BadUrl = new("SB3050", Severity.Error, "A URL cannot be probed");
    private static readonly Rule BadPath = new("SB3058", Severity.Error, "A path of an endpoint is not absolute");

    public static Uri? Read(Setting setting, bool mayHaveQuery)
    {
        if (setting.Text() is not { } text)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url is { Scheme: "http" or "https", UserInfo: "", Fragment: "", Host: not "" }
            && (mayHaveQuery || url.Query.Length == 0)
            && !text.Any(letter => letter is '\\' or <= ' '))
        {
            return url;
        }

        var more = mayHaveQuery ? "credentials or fragment" : "credentials, query or fragment";
        setting.Report(BadUrl, $"{Culprit.Quote(text)} is not a URL of the web without {more}", "write it whole, as in `https://portal.example.org/`");
        return null;
    }

    /// <summary>The path of a URL on the same host, with its query if it has one.</summary>
    public static string? Path(Setting setting)
    {
        if (setting.Text() is not { } text)
            return null;
        if (text is ['/', ..] and not ['/', '/', ..] && !text.Any(letter => letter is '\\' or '#' or <= ' '))
            return text;
        setting.Report(BadPath, $"{Culprit.Quote(text)} is not a path of the endpoint's host", "begin it with one `/`, as in `/healthcheck`");
        return null;
    }
}
