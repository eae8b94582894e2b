namespace Signalbox.Cli;

/// <summary>Where the program keeps what belongs to one checkout: `.signalbox/` at the root of the repository.</summary>
internal sealed record StateFolder(string RepositoryFolder)
{
    public static StateFolder Of(Invocation invocation) => new(Repository.Root(invocation.Folder));

    public string Path => System.IO.Path.Combine(RepositoryFolder, ".signalbox");

    public string Sandbox => In("sandbox");

    public string Logs => In("logs");

    public string PlanKey => In("plan.key");

    public string Leases => In("leases");

    /// <summary>What each apply did, as it happened.</summary>
    public string Journals => In("applies");

    /// <summary>What `recover` drafts.</summary>
    public string Recovery => In("recovery");

    public string Register => In("register.ndjson");

    public string Plans => In("plans");

    /// <summary>Terraform's data folder of one environment and target; two targets never share one.</summary>
    public string TerraformData(string environment, string target) => In(System.IO.Path.Combine("terraform", $"{environment}-{target}"));

    /// <summary>Holds the path of the newest sealed plan of one environment and target.</summary>
    public string NewestPlan(string environment, string target) => System.IO.Path.Combine(Plans, $"{environment}-{target}.newest");

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
