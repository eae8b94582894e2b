using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Recovery;

/// <summary>Asks the account whether what an apply made is there. Changes nothing: neither the account, nor the state, nor the root module.</summary>
public interface IAccountLook
{
    /// <param name="orphans">Those with an id; Terraform's providers find a resource by nothing else.</param>
    /// <param name="scratch">A folder to work in, which is removed again.</param>
    /// <returns>The addresses of those that are in the account; the others are not.</returns>
    Task<Outcome<IReadOnlySet<string>>> Find(IReadOnlyList<LooseEnd> orphans, string scratch, CancellationToken cancellation);
}
