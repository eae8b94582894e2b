namespace Signalbox.Sandbox;

/// <summary>The sandbox's image registry: Debian's docker-registry behind a face that behaves as ECR.</summary>
/// <param name="Address">Plain HTTP on loopback, which docker takes as it is and the others when told so.</param>
public sealed record SandboxRegistry(Uri Address, string LogFile, int ProcessId);
