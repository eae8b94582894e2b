using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Signalbox.Sandbox.Registry.Face;

/// <summary>
/// The password that the emulated GetAuthorizationToken gives: when it expires, and a seal that only an emulator of
/// this sandbox can make. registry.py makes it; here it is checked.
/// </summary>
internal static class AuthorizationToken
{
    private const string User = "AWS";

    /// <summary>Null when whoever sent this header may go on.</summary>
    /// <param name="header">The whole value of `Authorization`.</param>
    /// <param name="key">The emulator's token of this start.</param>
    public static RegistryRefusal? Refusal(string header, string key, DateTimeOffset now)
    {
        if (Password(header)?.Split('.') is not [var expiry, var seal] || !long.TryParse(expiry, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return RegistryRefusal.TokenInvalid;
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"registry {expiry}")));
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(seal), Encoding.UTF8.GetBytes(expected)))
            return RegistryRefusal.TokenInvalid;
        return now.ToUnixTimeSeconds() < seconds ? null : RegistryRefusal.TokenExpired;
    }

    private static string? Password(string header)
    {
        var bytes = new byte[header.Length];
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) || !Convert.TryFromBase64String(header[6..].Trim(), bytes, out var length))
            return null;
        return Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [User, var password] ? password : null;
    }
}
