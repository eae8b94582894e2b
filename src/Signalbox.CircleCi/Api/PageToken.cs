using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Signalbox.CircleCi.Api;

/// <summary>Where the next page of a list begins. Clients hand it back as it is, and must not read it (API v2, "Pagination").</summary>
internal static class PageToken
{
    public const int PageSize = 100;

    public static string Of(int skipped) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(skipped.ToString(CultureInfo.InvariantCulture)));

    /// <returns>How many things earlier pages held, 0 without a token; null when the token is none of ours.</returns>
    public static int? Read(string token)
    {
        if (token.Length == 0)
            return 0;
        return Base64Url.IsValid(token)
            && int.TryParse(Encoding.ASCII.GetString(Base64Url.DecodeFromChars(token)), NumberStyles.None, CultureInfo.InvariantCulture, out var skipped)
                ? skipped
                : null;
    }
}
