using Signalbox.Delivery.Guard;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments.Sections;

/// <summary>`guard`: what must never be lost, besides what the guard protects anyway.</summary>
internal static class GuardSection
{
    private static readonly SectionShape Stateful = new([new("types"), new("addresses")]);

    public static SectionShape Shape { get; } = new([new("stateful", Stateful)]);

    public static GuardPolicy Read(Setting setting)
    {
        if (setting.Open(Shape)?.Find("stateful")?.Open(Stateful) is not { } stateful)
            return new GuardPolicy();
        return new GuardPolicy
        {
            StatefulTypes = Words(stateful.Find("types"), TerraformNames.ResourceType),
            StatefulAddresses = Words(stateful.Find("addresses"), TerraformNames.Address),
        };
    }

    private static ValueList<string> Words(Setting? list, Func<Setting, string?> read) =>
        list is null ? [] : [.. list.Items().Select(read).OfType<string>()];
}
