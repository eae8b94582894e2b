using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Approvals;

/// <summary>Makes and checks signatures with people's keys.</summary>
public interface ISignatures
{
    /// <param name="key">A private key, or a public one whose private half an agent or a device holds.</param>
    /// <returns>The signature as one line of base64.</returns>
    Task<Outcome<string>> Sign(string key, string purpose, ReadOnlyMemory<byte> statement, CancellationToken cancellation);

    /// <param name="signers">The text of an allowed-signers file.</param>
    /// <param name="at">The time at which the key must be valid.</param>
    /// <returns>Why it does not count; null when it does.</returns>
    Task<string?> Refusal(string signers, string signer, string purpose, ReadOnlyMemory<byte> statement, string signature, DateTimeOffset at, CancellationToken cancellation);
}
