using System.Globalization;
using Signalbox.Diagnostics;
using Signalbox.Sandbox.Edge.Account;

namespace Signalbox.Sandbox.Edge.Walking;

/// <summary>The part of the way that is the load balancer's: rule, login, target group, service.</summary>
internal sealed class BalancerWalker(AccountView view)
{
    public Ending Ask(Balancer balancer, Listener listener, Visit visit, HopList hops, bool hasListenerHop = false)
    {
        if (!hasListenerHop)
            hops.Pass(Station.Listener, $"{listener.Port}", $"speaks {listener.Protocol}", AccountResource.WithArn("aws_lb_listener", listener.Arn));
        var matching = listener.Rules.Where(rule => rule.IsFor(visit)).ToList();
        if (matching.Count == 0)
        {
            hops.Break(Station.Rule, "none", "is left", AccountResource.WithArn("aws_lb_listener", listener.Arn), "the listener has no rules");
            return new Ending.BalancerRefuses(503);
        }

        var rule = matching[0];
        hops.Add(RuleHop(listener, rule, matching, visit));
        return After(rule.Actions, balancer, visit, hops);
    }

    /// <summary>What a load balancer of the service's first target group would get from it.</summary>
    public Ending FromService(RunningService service, HopList hops)
    {
        var group = service.Targets.Select(target => view.TargetGroupOf(target.TargetGroupArn)).FirstOrDefault(one => one is not null);
        var balancer = view.Balancers.FirstOrDefault(one => group?.BalancerArns.Contains(one.Arn, StringComparer.Ordinal) == true);
        if (group is not null)
            return AtService(balancer, group, service, hops);
        hops.Break(Station.Service, service.Name, "runs", Resource(service), "it is registered with no target group");
        return new Ending.BalancerRefuses(503);
    }

    private static Hop RuleHop(Listener listener, ListenerRule rule, List<ListenerRule> matching, Visit visit)
    {
        var name = rule.IsDefault ? "default" : rule.Priority.ToString(CultureInfo.InvariantCulture);
        var resource = rule.IsDefault ? AccountResource.WithArn("aws_lb_listener", listener.Arn) : AccountResource.WithArn("aws_lb_listener_rule", rule.Arn);
        var found = string.Join(", then ", rule.Actions.Select(Says));
        var hidden = matching.Skip(1).FirstOrDefault(other => other.Actions.Any(action => action is RuleAction.Forward));
        var answers = !rule.Actions.Any(action => action is RuleAction.Forward or RuleAction.Redirect);
        var problem = !answers ? null
            : hidden is not null ? $"it is asked before {(hidden.IsDefault ? "the default rule" : $"the rule of priority {hidden.Priority}")}, which leads to an application"
            : rule.IsDefault ? $"no rule is for {visit.Host}{visit.Path}"
            : "it does not lead to an application";
        ValueList<AccountResource> mends = rule.IsDefault ? [new("aws_lb_listener_rule", [("listener_arn", listener.Arn), ("condition", visit.Host)])] : [];
        return new Hop(Station.Rule, name, found, resource, problem is null ? null : new HopProblem(problem, mends));
    }

    private static string Says(RuleAction action) => action switch
    {
        RuleAction.Login login => $"asks to log in at {login.Issuer}",
        RuleAction.Forward => "forwards",
        RuleAction.Fixed fixedAnswer => $"answers {fixedAnswer.Status} itself",
        RuleAction.Redirect redirect => $"redirects with {redirect.Status}",
        RuleAction.Other other => other.Type,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private Ending After(IReadOnlyList<RuleAction> actions, Balancer balancer, Visit visit, HopList hops)
    {
        Ending ending = new Ending.BalancerRefuses(503);
        foreach (var action in actions.Reverse())
        {
            ending = action switch
            {
                RuleAction.Login { Unauthenticated: "allow" } => ending,
                RuleAction.Login { Unauthenticated: "deny" } => new Ending.BalancerRefuses(401),
                RuleAction.Login login => new Ending.Login(login, ending),
                RuleAction.Fixed answer => new Ending.Fixed(answer),
                RuleAction.Redirect redirect => new Ending.Redirected(redirect.Status, Location(redirect, visit)),
                RuleAction.Forward forward => AtGroup(forward, balancer, hops),
                _ => new Ending.BalancerRefuses(500), // an action that the edge does not play, said by the hop of the rule
            };
        }

        return ending;
    }

    private Ending AtGroup(RuleAction.Forward forward, Balancer balancer, HopList hops)
    {
        var arn = forward.TargetGroups.Count > 0 ? forward.TargetGroups[0] : "";
        var resource = AccountResource.WithArn("aws_lb_target_group", arn);
        if (view.TargetGroupOf(arn) is not { } group)
        {
            hops.Break(Station.TargetGroup, arn.Split('/').ElementAtOrDefault(1) ?? "none", "is named by the rule", resource, "it does not exist");
            return new Ending.BalancerRefuses(503);
        }

        // While a service is replaced by another the old one drains: an active one with tasks counts first.
        var service = view.Services.Where(one => one.IsActive && one.Targets.Any(target => target.TargetGroupArn == arn))
            .OrderByDescending(one => one.DesiredCount).FirstOrDefault();
        if (service is null)
        {
            hops.Break(Station.TargetGroup, group.Name, $"has the port {group.Port}", resource, "no ECS service is registered with it", new AccountResource("aws_ecs_service", [("load_balancer", arn)]));
            return new Ending.BalancerRefuses(503);
        }

        return AtService(balancer, group, service, hops);
    }

    private Ending AtService(Balancer? balancer, TargetGroup group, RunningService service, HopList hops)
    {
        var groupResource = AccountResource.WithArn("aws_lb_target_group", group.Arn);
        var target = service.Targets.First(one => one.TargetGroupArn == group.Arn);
        var found = $"has the port {group.Port} and asks {group.HealthPath}";
        if (group.Port != target.ContainerPort)
        {
            hops.Break(Station.TargetGroup, group.Name, found, groupResource, $"the service registers port {target.ContainerPort}");
            return new Ending.BalancerRefuses(502);
        }

        hops.Pass(Station.TargetGroup, group.Name, found, groupResource);
        var (resource, runs) = (Resource(service), $"wants {service.DesiredCount} task{(service.DesiredCount == 1 ? "" : "s")}");
        if (!service.IsActive || service.DesiredCount == 0)
        {
            hops.Break(Station.Service, service.Name, runs, resource, service.IsActive ? "no task runs" : $"it is {service.Status}");
            return new Ending.BalancerRefuses(503);
        }

        var container = service.Task?.Containers.FirstOrDefault(one => one.Name == target.Container);
        if (container is null || !container.Ports.Contains(target.ContainerPort))
        {
            var why = container is null ? $"its task definition has no container {target.Container}" : $"the container {container.Name} does not listen on port {target.ContainerPort}";
            hops.Break(Station.Service, service.Name, runs, resource, why, AccountResource.WithArn("aws_ecs_task_definition", service.Task?.Arn ?? ""));
            return new Ending.BalancerRefuses(502);
        }

        if (balancer is not null && new Reach(view).BetweenBalancerAndTask(balancer, service, group.VpcId, target.ContainerPort) is { } closed)
        {
            var why = closed.IsEgress
                ? $"the load balancer's security group lets nothing out to it on port {target.ContainerPort}"
                : $"its security group does not let the load balancer in on port {target.ContainerPort}";
            hops.Break(Station.Service, service.Name, runs, resource, why, LineOf(closed, target.ContainerPort), AccountResource.WithId("aws_security_group", closed.Group?.Id ?? ""));
            return new Ending.BalancerRefuses(504);
        }

        hops.Pass(Station.Service, service.Name, $"{runs} of {container.Image}", resource);
        return new Ending.Application(service, container, group);
    }

    /// <summary>The line that is missing, which a state may still name.</summary>
    private static AccountResource LineOf(Closed closed, int port) => new(
        closed.IsEgress ? "aws_vpc_security_group_egress_rule" : "aws_vpc_security_group_ingress_rule",
        [("security_group_id", closed.Group?.Id ?? ""), ("from_port", $"{port}")]);

    private static AccountResource Resource(RunningService service) => AccountResource.WithId("aws_ecs_service", service.Arn);

    private static string Location(RuleAction.Redirect redirect, Visit visit)
    {
        var (protocol, port) = (Filled(redirect.Protocol, visit).ToLowerInvariant(), Filled(redirect.Port, visit));
        var isUsual = (protocol, port) is ("https", "443") or ("http", "80");
        var query = Filled(redirect.Query, visit);
        return $"{protocol}://{Filled(redirect.Host, visit)}{(isUsual ? "" : $":{port}")}{Filled(redirect.Path, visit)}{(query.Length == 0 ? "" : $"?{query}")}";
    }

    private static string Filled(string part, Visit visit) => part
        .Replace("#{protocol}", "https", StringComparison.Ordinal)
        .Replace("#{host}", visit.Host, StringComparison.Ordinal)
        .Replace("#{port}", "443", StringComparison.Ordinal)
        .Replace("#{path}", visit.Path.TrimStart('/'), StringComparison.Ordinal)
        .Replace("#{query}", visit.Query, StringComparison.Ordinal);
}
