namespace Signalbox.Cli;

/// <summary>Where the program keeps what belongs to one checkout.</summary>
/// <param name="Path">
/// `.signalbox/` at the root of the repository, or the folder that `SIGNALBOX_STATE` names: a job of a pipeline works
/// in a checkout of its own, and still means the sandbox and the register of the person who runs it.
/// </param>
internal sealed record StateFolder(string RepositoryFolder, string Path)
{
    /// <summary>The variable that names the folder.</summary>
    public const string Variable = "SIGNALBOX_STATE";

    private const string NotForGit = """
        # Written by signalbox: what it keeps here, keys and secrets among it, stays out of git.
        # Orbs and plugins are yours to commit.
        /*
        !/orbs/
        !/plugins/

        """;

    public static StateFolder Of(Invocation invocation)
    {
        var repository = Repository.Root(invocation.Folder);
        var named = invocation.Variables.GetValueOrDefault(Variable);
        return new StateFolder(repository, System.IO.Path.GetFullPath(named is { Length: > 0 } ? named : ".signalbox", repository));
    }

    /// <summary>
    /// For who is about to write: the folder is there from now on, and git looks past it, so that our own files neither
    /// make a checkout dirty nor come into a commit. Outside a repository nothing is made.
    /// </summary>
    /// <returns>This folder.</returns>
    public StateFolder Make()
    {
        if (!Repository.IsOne(RepositoryFolder))
            return this;
        var ignored = In(".gitignore");
        try
        {
            Directory.CreateDirectory(Path);
            if (!File.Exists(ignored))
                File.WriteAllText(ignored, NotForGit);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Whatever is written next says so, and where.
        }

        return this;
    }

    public string Sandbox => In("sandbox");

    public string Logs => In("logs");

    /// <summary>What `save_cache` kept, for all runs; where the engine keeps it (`RunFolders.Caches`).</summary>
    public string Caches => In("cache");

    public string PlanKey => In("plan.key");

    public string Leases => In("leases");

    /// <summary>What each apply did, as it happened.</summary>
    public string Journals => In("applies");

    /// <summary>What `recover` drafts.</summary>
    public string Recovery => In("recovery");

    public string Register => In("register.ndjson");

    public string Plans => In("plans");

    /// <summary>The layers that buildah keeps.</summary>
    public string Images => In("images");

    /// <summary>Terraform's data folder of one environment and target; two targets never share one.</summary>
    public string TerraformData(string environment, string target) => In(System.IO.Path.Combine("terraform", $"{environment}-{target}"));

    /// <summary>Holds the path of the newest sealed plan of one environment and target.</summary>
    public string NewestPlan(string environment, string target) => System.IO.Path.Combine(Plans, $"{environment}-{target}.newest");

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
