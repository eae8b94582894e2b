using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments;

/// <summary>A pipeline context as signalbox.yml declares it: the names of its variables, never their values.</summary>
/// <param name="Required">Without one of these a run that uses the context does not begin.</param>
public sealed record DeclaredContext(string Name, ValueList<string> Required, ValueList<string> Optional);
