using System.Text.Json;

namespace Signalbox.Delivery.Plans;

/// <summary>One element of `resource_changes`, seen through words instead of JSON. Valid only while its document is.</summary>
internal sealed class ResourceChange
{
    private ResourceChange(JsonElement json, string address, PlannedAction action)
    {
        var change = json.Member("change");
        (Address, Action) = (address, action);
        (Before, After, Unknown) = (change.Member("before"), change.Member("after"), change.Member("after_unknown"));
        (BeforeMask, AfterMask) = (change.Member("before_sensitive"), change.Member("after_sensitive"));
        ReplacePaths = change.Member("replace_paths");
        Module = json.Member("module_address").Text ?? "";
        Type = json.Member("type").Text ?? "";
        IsManaged = json.Member("mode").Text is not "data";
        Deposed = json.Member("deposed").Text;
        PreviousAddress = json.Member("previous_address").Text;
        Reason = json.Member("action_reason").Text;
        ImportId = change.Member("importing").Member("id").Text;
        CreatesFirst = change.Member("actions").Item(0).Text == "create" && action != PlannedAction.Create;
        _differences = new Lazy<List<Difference>>(() => Differ.Compare(this));
    }

    private readonly Lazy<List<Difference>> _differences;

    public string Address { get; }

    public string? PreviousAddress { get; }

    /// <summary>The module's address; empty for the root module.</summary>
    public string Module { get; }

    public string Type { get; }

    public bool IsManaged { get; }

    /// <summary>The key of a leftover of an earlier replacement, when that is what changes.</summary>
    public string? Deposed { get; }

    public PlannedAction Action { get; }

    /// <summary>A replacement (or a forgotten object's successor) is created before the old object goes.</summary>
    public bool CreatesFirst { get; }

    /// <summary>Terraform's `action_reason`, such as `delete_because_no_resource_config`.</summary>
    public string? Reason { get; }

    public string? ImportId { get; }

    public JsonElement Before { get; }

    public JsonElement After { get; }

    public JsonElement Unknown { get; }

    public JsonElement BeforeMask { get; }

    public JsonElement AfterMask { get; }

    public JsonElement ReplacePaths { get; }

    /// <summary>What differs between before and after, leaf by leaf.</summary>
    public IReadOnlyList<Difference> Differences => _differences.Value;

    /// <summary>Afterwards there is a resource under this address that was not there, or not so, before.</summary>
    public bool Leaves => Action is PlannedAction.Create or PlannedAction.Update or PlannedAction.Replace
        || (Action is PlannedAction.Forget && CreatesFirst);

    /// <exception cref="JsonException">It has no address, or an action nobody has told us of.</exception>
    public static ResourceChange Read(JsonElement json)
    {
        var address = json.Member("address").Text
            ?? throw new JsonException("a resource change has no address");
        var words = json.Member("change").Member("actions");
        var action = PlannedActions.Of(words)
            ?? throw new JsonException($"`{address}` has the unfamiliar action `{string.Join(", ", words.Texts)}`");
        if (action == PlannedAction.None && json.Member("change").Member("importing").IsObject)
            action = PlannedAction.Import;
        else if (action == PlannedAction.None && json.Member("previous_address").Text is not null)
            action = PlannedAction.Move;
        return new ResourceChange(json, address, action);
    }
}
