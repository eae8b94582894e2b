using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signalbox.Delivery.Plans;

/// <summary>What a plan does with one resource, in the order in which a person should read it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PlannedAction>))]
public enum PlannedAction
{
    [JsonStringEnumMemberName("replace")]
    Replace,

    [JsonStringEnumMemberName("delete")]
    Delete,

    /// <summary>The object stays, but Terraform no longer knows it.</summary>
    [JsonStringEnumMemberName("forget")]
    Forget,

    [JsonStringEnumMemberName("update")]
    Update,

    [JsonStringEnumMemberName("create")]
    Create,

    /// <summary>Taken into the state with nothing changed.</summary>
    [JsonStringEnumMemberName("import")]
    Import,

    /// <summary>Another address for the same object, with nothing changed.</summary>
    [JsonStringEnumMemberName("move")]
    Move,

    /// <summary>A data source that can only be read while applying.</summary>
    [JsonStringEnumMemberName("read")]
    Read,

    [JsonStringEnumMemberName("none")]
    None,
}

internal static class PlannedActions
{
    /// <summary>The action that Terraform's list of words means, or null for words this version does not know.</summary>
    public static PlannedAction? Of(JsonElement words) => string.Join('+', words.Texts) switch
    {
        "no-op" => PlannedAction.None,
        "create" => PlannedAction.Create,
        "read" => PlannedAction.Read,
        "update" => PlannedAction.Update,
        "delete" => PlannedAction.Delete,
        "forget" => PlannedAction.Forget,
        "delete+create" or "create+delete" => PlannedAction.Replace,
        "create+forget" or "forget+create" => PlannedAction.Forget,
        _ => null,
    };

    public static string Verb(this PlannedAction action) => action switch
    {
        PlannedAction.Replace => "replace",
        PlannedAction.Delete => "delete",
        PlannedAction.Forget => "forget",
        PlannedAction.Update => "update",
        PlannedAction.Create => "create",
        PlannedAction.Import => "import",
        PlannedAction.Move => "move",
        PlannedAction.Read => "read",
        PlannedAction.None => "leave",
        _ => throw new UnreachableException(),
    };
}
