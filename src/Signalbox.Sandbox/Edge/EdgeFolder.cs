namespace Signalbox.Sandbox.Edge;

/// <summary>Where the edge keeps what it keeps, inside the sandbox's folder.</summary>
internal sealed record EdgeFolder(string Path)
{
    public string RecordFile => In("edge.json");

    public string LogFile => In("edge.log");

    /// <summary>Held for the edge's life, so that a folder never has two.</summary>
    public string LockFile => In("edge.lock");

    public string AuthorityFile => In("authority.pem");

    public string AuthorityKeyFile => In("authority.key");

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
