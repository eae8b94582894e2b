namespace Signalbox.Delivery.Plans;

/// <summary>The working copy that a plan is made from.</summary>
/// <param name="Commit">What is checked out, in full; null outside a repository or before the first commit.</param>
/// <param name="IsDirty">There are changes that no commit holds.</param>
/// <param name="Author">Who works here: git's `user.name` and `user.email`, or the account's name.</param>
public sealed record Checkout(string? Commit, bool IsDirty, string Author);
