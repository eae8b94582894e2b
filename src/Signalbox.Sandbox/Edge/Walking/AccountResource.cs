using Signalbox.Diagnostics;

namespace Signalbox.Sandbox.Edge.Walking;

/// <summary>A thing of the account as Terraform's state would know it: its type, and attributes that tell it from others.</summary>
/// <remarks>It need not exist: a state still names the listener that somebody deleted.</remarks>
internal sealed record AccountResource(string Type, ValueList<(string Attribute, string Value)> Marks)
{
    public static AccountResource WithArn(string type, string arn) => new(type, [("arn", arn)]);

    public static AccountResource WithId(string type, string id) => new(type, [("id", id)]);
}
