using Signalbox.Sandbox.Edge;
using Signalbox.Sandbox.Registry;

namespace Signalbox.Sandbox;

/// <summary>Where the sandbox keeps what it keeps. Only its owner may look inside.</summary>
internal sealed record SandboxFolder(string Path)
{
    public string RecordFile => In("emulator.json");

    public string LogFile => In("emulator.log");

    public string LockFile => In("sandbox.lock");

    public EdgeFolder Edge => new(In("edge"));

    public RegistryFolder Registry => new(In("registry"));

    /// <summary>The home of every child: no profile, no credentials, no Terraform settings of the person.</summary>
    public string ChildHome => In("home");

    public string AwsConfigFile => In("aws-config");

    public string AwsCredentialsFile => In("aws-credentials");

    public string TerraformConfigFile => In("terraform.rc");

    public string PluginCache => In("plugins");

    public string Snapshots => In("snapshots");

    public string SnapshotKeyFile => In("snapshot.key");

    /// <summary>Where setup puts a Python of its own: beside the sandbox, in the state folder.</summary>
    public string PrivatePython => System.IO.Path.Combine(StateFolder, "python", "bin", "python3");

    public string Repository => System.IO.Path.GetDirectoryName(StateFolder) ?? StateFolder;

    private string StateFolder => System.IO.Path.GetDirectoryName(Path) ?? Path;

    public string In(string name) => System.IO.Path.Combine(Path, name);

    public void Create() => Private.Folder(Path);
}
