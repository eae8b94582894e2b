using Signalbox.Diagnostics;

namespace Signalbox.Sandbox;

/// <summary>The way of one URL through the emulated account, from its name to the application.</summary>
/// <param name="LoadBalancer">The name to give in TLS to knock at the load balancer itself; null when the way does not reach one.</param>
/// <param name="Service">The name to give in TLS to ask the service as its load balancer does; null when the way does not reach it.</param>
/// <param name="HealthPath">What the load balancer asks of the service.</param>
public sealed record SandboxTrace(Uri Url, ValueList<TraceHop> Hops, TraceAnswer Answer, string? LoadBalancer, string? Service, string? HealthPath)
{
    /// <summary>The first hop that a request cannot go on from; null when the application answers, behind its login if it has one.</summary>
    public TraceHop? Broken => Hops.FirstOrDefault(hop => hop.Problem is not null);
}

/// <param name="Station">Such as `distribution`, `rule` or `service`.</param>
/// <param name="Found">What was found there, as it reads after the name.</param>
/// <param name="Resource">The address in Terraform; null when no state knows it.</param>
public sealed record TraceHop(string Station, string Name, string Found, string? Resource, TraceProblem? Problem);

/// <param name="Mend">The address of the resource to mend; null when no state knows it.</param>
public sealed record TraceProblem(string Why, string? Mend);

/// <summary>What a visitor who is not logged in gets.</summary>
/// <param name="Location">Where a redirect leads.</param>
/// <param name="Page">The page that CloudFront shows in place of an error.</param>
public sealed record TraceAnswer(int Status, string By, string? Location = null, string? Page = null);
