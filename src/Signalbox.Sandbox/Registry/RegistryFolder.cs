namespace Signalbox.Sandbox.Registry;

/// <summary>Where the registry keeps what it keeps, inside the sandbox's folder.</summary>
internal sealed record RegistryFolder(string Path)
{
    public string RecordFile => In("registry.json");

    public string LogFile => In("registry.log");

    /// <summary>Held for the registry's life, so that a folder never has two.</summary>
    public string LockFile => In("registry.lock");

    public string SettingsFile => In("store.yml");

    /// <summary>
    /// Layers and manifests by digest. They outlive an account: which of them exist is the account's to say, and a
    /// recorded account that comes back finds its images here.
    /// </summary>
    public string Store => In("store");

    public string Sandbox => System.IO.Path.GetDirectoryName(Path) ?? Path;

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
