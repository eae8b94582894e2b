using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.Diagnostics;
using Xunit;
using static Signalbox.Tests.CircleCi.Jobs.JobScene;

namespace Signalbox.Tests.CircleCi.Jobs;

public sealed class WorkspaceTests : IDisposable
{
    private readonly JobScene _scene = new();

    [Fact]
    public async Task Files_travel_with_their_mode_their_time_and_their_links()
    {
        await Job("build", [], Sh("mkdir -p out; echo x > out/tool; chmod 750 out/tool; touch -d 2020-01-02T03:04:05Z out/tool; ln -s tool out/link"), Persist(".", "out"));

        var job = await Job("test", _scene.Layers, Attach("/there"[1..]), Sh("cd there/out; stat -c '%a %Y' tool; readlink link"));

        Assert.Equal("750 1577934245\ntool\n", job.Succeeded().Log(1));
    }

    [Fact]
    public async Task A_later_layer_goes_over_an_earlier_one_and_deletes_nothing()
    {
        await Job("first", [], Sh("echo 1 > f; echo 1 > g"), Persist(".", "."));
        await Job("second", _scene.Layers, Attach("."), Sh("echo 2 > f; rm g"), Persist(".", "f"));

        Assert.Equal("2\n1\n", (await Job("third", _scene.Layers, Attach("."), Sh("cat f g"))).Succeeded().Log(1));
    }

    [Fact]
    public async Task Concurrent_jobs_may_not_persist_the_same_file_even_with_the_same_content()
    {
        await Job("left", [], Sh("mkdir d; echo 1 > d/f; echo 1 > ok"), Persist(".", "d", "ok"));
        await Job("right", [], Sh("mkdir d; echo 1 > d/f"), Persist(".", "d"));

        var job = await Job("join", _scene.Layers, Attach("."));

        Assert.Equal(TerminalStatus.Failed, job.Status);
        Assert.Equal(
            "Concurrent upstream jobs persisted the same file(s) into the workspace:\n  - d/f\n\n"
            + "Error applying workspace layer for job right: Concurrent upstream jobs persisted the same file(s)\n",
            job.Log(0));
    }

    [Fact]
    public async Task Concurrent_jobs_with_different_files_in_one_folder_join()
    {
        await Job("left", [], Sh("mkdir d; echo l > d/l"), Persist(".", "d"));
        await Job("right", [], Sh("mkdir d; echo r > d/r"), Persist(".", "d"));

        Assert.Equal("l\nr\n", (await Job("join", _scene.Layers, Attach("."), Sh("cat d/l d/r"))).Succeeded().Log(1));
    }

    [Fact]
    public async Task The_nodes_of_one_job_are_concurrent_too()
    {
        var body = new JobBody { Executor = _scene.Executor, Parallelism = 2, Steps = [Sh("echo x > f"), Persist(".", "f")] };
        await _scene.Run(body, "many", node: 0, total: 2);
        await _scene.Run(body, "many", node: 1, total: 2);

        Assert.Equal(TerminalStatus.Failed, (await Job("join", _scene.Layers, Attach("."))).Status);
    }

    [Fact]
    public async Task One_job_may_persist_a_file_twice()
    {
        await Job("build", [], Sh("echo 1 > f"), Persist(".", "f"), Sh("echo 2 > f"), Persist(".", "f"));

        Assert.Equal("2\n", (await Job("test", _scene.Layers, Attach("."), Sh("cat f"))).Succeeded().Log(1));
    }

    [Theory]
    [InlineData("*.txt", "a.txt|b.txt")]
    [InlineData("*", ".hidden|a.txt|b.txt|dir|dir/c.txt")]
    [InlineData("./*", ".hidden|a.txt|b.txt|dir|dir/c.txt")]
    [InlineData(".", ".hidden|a.txt|b.txt|dir|dir/c.txt")]
    [InlineData("[ab].txt", "a.txt|b.txt")]
    [InlineData("[^a].txt", "b.txt")]
    [InlineData("*/*.txt", "dir|dir/c.txt")]
    [InlineData("?.txt", "a.txt|b.txt")]
    public async Task Paths_are_matched_as_go_matches_them(string pattern, string files)
    {
        await Job("build", [], Sh("mkdir dir; touch a.txt b.txt .hidden dir/c.txt"), Persist(".", pattern));

        var job = await Job("test", _scene.Layers, Attach("there"), Sh("cd there; find . -mindepth 1 | sed 's|^./||' | LC_ALL=C sort | paste -sd'|'"));

        Assert.Equal(files + "\n", job.Succeeded().Log(1));
    }

    [Fact]
    public async Task A_path_that_matches_nothing_fails_the_step()
    {
        var job = await Job("build", [], Sh("mkdir -p d/e; touch d/e/f"), Persist(".", "**.f"));

        Assert.Equal(TerminalStatus.Failed, job.Status);
        Assert.Contains("The specified paths did not match any files in", job.Log(1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_root_that_is_not_there_fails_the_step()
    {
        var job = await Job("build", [], Persist("nowhere", "f"));

        Assert.Equal($"Error locating workspace root directory: stat {job.Assignment.Folder}/home/project/nowhere: no such file or directory\n", job.Log(0));
        Assert.Empty(_scene.Layers);
    }

    [Fact]
    public async Task Without_layers_the_folder_is_there_and_empty() =>
        Assert.Equal("0\n", (await Job("alone", [], Attach("ws"), Sh("ls ws | wc -l | tr -d ' '"))).Succeeded().Log(1));

    [Fact]
    public async Task A_failed_job_s_layer_is_there_for_whoever_requires_its_failure()
    {
        await Job("breaks", [], Sh("echo evidence > f"), Persist(".", "f"), Sh("false"));

        Assert.Equal("evidence\n", (await Job("explains", _scene.Layers, Attach("."), Sh("cat f"))).Succeeded().Log(1));
    }

    private Task<RanJob> Job(string name, IEnumerable<WorkspaceLayer> upstream, params Step[] steps) =>
        _scene.Run(new JobBody { Executor = _scene.Executor, Steps = [.. steps] }, name, upstream: [.. upstream]);

    private static Step.PersistToWorkspace Persist(string root, params ValueList<string> paths) => new(root, paths) { Title = "Persisting" };

    private static Step.AttachWorkspace Attach(string at) => new(at) { Title = "Attaching" };

    public void Dispose() => _scene.Dispose();
}
