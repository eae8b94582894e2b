namespace Signalbox.Delivery.Plans;

/// <summary>Terraform's `action_reason` in words a person uses.</summary>
internal static class ActionReasons
{
    public static string? Words(string? reason) => reason switch
    {
        null => null,
        "replace_because_tainted" => "because it is tainted",
        "replace_because_cannot_update" => "because it cannot be changed in place",
        "replace_by_request" => "because `-replace` asks for it",
        "replace_by_triggers" => "because of `replace_triggered_by`",
        "delete_because_no_resource_config" => "because it is no longer in the configuration",
        "delete_because_wrong_repetition" => "because its `count` or `for_each` changed kind",
        "delete_because_count_index" => "because its index is beyond `count`",
        "delete_because_each_key" => "because its key is no longer in `for_each`",
        "delete_because_no_module" => "because its module is no longer in the configuration",
        "delete_because_no_move_target" => "because the target of its move is not in the configuration",
        "read_because_config_unknown" => "because its arguments are not known yet",
        "read_because_dependency_pending" => "because what it depends on changes first",
        "read_because_check_nested" => "because it belongs to a `check` block",
        _ => reason.Replace('_', ' '),
    };
}
