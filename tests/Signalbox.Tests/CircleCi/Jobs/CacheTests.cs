using System.Security.Cryptography;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Caches;
using Signalbox.Diagnostics;
using Xunit;
using static Signalbox.Tests.CircleCi.Jobs.JobScene;

namespace Signalbox.Tests.CircleCi.Jobs;

public sealed class CacheTests : IDisposable
{
    private readonly JobScene _scene = new();

    [Fact]
    public async Task A_cache_comes_back_in_another_job_with_modes_and_links()
    {
        await _scene.Run(Sh("mkdir -p ~/.tool/bin deps; echo t > ~/.tool/bin/t; chmod 755 ~/.tool/bin/t; ln -s t ~/.tool/bin/link; echo d > deps/d"), Save("v1", "~/.tool", "deps"));

        var job = await _scene.Run(Restore("v1"), Sh("[ -x ~/.tool/bin/t ]; readlink ~/.tool/bin/link; cat deps/d"));

        Assert.Equal("t\nd\n", job.Succeeded().Log(1));
    }

    [Fact]
    public async Task A_key_is_saved_once_and_never_changed()
    {
        await _scene.Run(Sh("echo first > f"), Save("v1", "f"));
        var second = await _scene.Run(Sh("echo second > f"), Save("v1", "f"));

        Assert.Equal("Skipping cache generation, cache already exists for key: v1\n", second.Succeeded().Log(1));
        Assert.Equal("first\n", (await _scene.Run(Restore("v1"), Sh("cat f"))).Succeeded().Log(1));
    }

    [Fact]
    public async Task The_newest_cache_with_the_prefix_wins_even_over_an_exact_match()
    {
        await SaveWith("app-1", "old");
        await SaveWith("app-1-more", "new");

        Assert.Equal("new\n", (await _scene.Run(Restore("app-1"), Sh("cat f"))).Succeeded().Log(1));
    }

    [Fact]
    public async Task The_first_key_of_a_list_that_has_any_match_decides()
    {
        await SaveWith("fallback-9", "fallback");
        await SaveWith("wanted-1", "wanted");
        await SaveWith("fallback-10", "newest of all");

        Assert.Equal("wanted\n", (await _scene.Run(Restore("none-", "wanted-", "fallback-"), Sh("cat f"))).Succeeded().Log(1));
    }

    [Fact]
    public async Task A_cache_lives_for_as_long_as_its_job_says()
    {
        var steps = (ValueList<Step>)[Sh("echo x > f"), Save("v1", "f")];
        var job = await _scene.Run(new JobBody { Executor = _scene.Executor, CacheRetention = TimeSpan.FromDays(3), Steps = steps });

        var cache = Assert.Single(await new CacheStore(job.Succeeded().Assignment.CacheFolder, TimeProvider.System).List(TestContext.Current.CancellationToken));
        Assert.Equal(cache.SavedAt + TimeSpan.FromDays(3), cache.ExpiresAt);
    }

    [Fact]
    public async Task Without_any_match_the_job_goes_on()
    {
        var job = await _scene.Run(Restore("nothing"));

        Assert.Equal("No cache is found for key: nothing\nSkipping: there is no cache to restore.\n", job.Succeeded().Log(0));
    }

    [Fact]
    public async Task Templates_are_filled_from_the_job()
    {
        _scene.Variables = [new("CIRCLE_BRANCH", "feat/x"), new("CIRCLE_SHA1", "abc"), new("CIRCLE_BUILD_NUM", "7"), new("FROM_CONTEXT", "ctx")];
        var steps = Save("{{ .Branch }}|{{.Revision}}|{{ .BuildNum}}|{{ .Environment.FROM_CONTEXT }}|{{ .Environment.LOCAL }}|{{ checksum \"a file\" }}|{{ checksum `a file` }}", "a file");

        var job = await _scene.Run(new JobBody { Executor = _scene.Executor, Environment = [new("LOCAL", "job")], Steps = [Sh("printf hello > 'a file'"), steps] });

        var digest = Convert.ToBase64String(SHA256.HashData("hello"u8));
        Assert.Contains($"Stored cache for key: feat/x|abc|7|ctx|<no value>|{digest}|{digest} (", job.Succeeded().Log(1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arch_names_the_machine_and_epoch_the_second()
    {
        var job = await _scene.Run(Sh("touch f"), Save("{{ arch }} {{ epoch }}", "f"));

        Assert.Matches(@"Stored cache for key: (linux|darwin)-[a-z0-9]+-\d+_\d+ 1\d{9} \(", job.Succeeded().Log(1));
    }

    [Fact]
    public async Task A_missing_file_in_a_checksum_fails_the_use_of_the_cache_and_not_the_job()
    {
        await SaveWith("other-1", "other");

        var job = await _scene.Run(Restore("v1-{{ checksum \"package.json\" }}", "other-"), Sh("cat f"), Save("v1-{{ checksum \"package.json\" }}", "f"));

        var complaint = $"error computing cache key: template: cacheKey:1:6: executing \"cacheKey\" at <checksum \"package.json\">: error calling checksum: open {job.Assignment.Folder}/home/project/package.json: no such file or directory\n";
        Assert.StartsWith(complaint, job.Succeeded().Log(0), StringComparison.Ordinal);
        Assert.Equal(("other\n", complaint), (job.Log(1), job.Log(2)));
    }

    [Theory]
    [InlineData("{{ nonsense }}", "function \"nonsense\" not defined")]
    [InlineData("{{ checksum", "unclosed action")]
    public async Task A_template_that_go_would_refuse_is_refused(string key, string complaint)
    {
        var job = await _scene.Run(Restore(key));

        Assert.Contains(complaint, job.Succeeded().Log(0), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_more_than_900_characters_is_refused() =>
        Assert.Contains("901 characters", (await _scene.Run(Restore(new string('k', 901)))).Succeeded().Log(0), StringComparison.Ordinal);

    [Fact]
    public async Task Paths_that_are_not_there_are_left_out_with_a_warning()
    {
        var job = await _scene.Run(Sh("echo x > f"), Save("v1", "gone", "f"));

        Assert.Contains("Warning: could not archive", job.Succeeded().Log(1), StringComparison.Ordinal);
        Assert.Equal("x\n", (await _scene.Run(Restore("v1"), Sh("cat f"))).Succeeded().Log(1));
    }

    [Fact]
    public async Task Two_jobs_that_save_one_key_at_once_leave_one_whole_cache()
    {
        var jobs = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => SaveWith("same", $"job {i}")));

        Assert.Single(jobs, job => job.Log(1).StartsWith("Stored", StringComparison.Ordinal));
        Assert.StartsWith("job ", (await _scene.Run(Restore("same"), Sh("cat f"))).Succeeded().Log(1), StringComparison.Ordinal);
    }

    private Task<RanJob> SaveWith(string key, string content) => _scene.Run(Sh($"echo {content} > f"), Save(key, "f"));

    private static Step.SaveCache Save(string key, params ValueList<string> paths) => new(key, paths) { Title = "Saving Cache" };

    private static Step.RestoreCache Restore(params ValueList<string> keys) => new(keys) { Title = "Restoring Cache" };

    public void Dispose() => _scene.Dispose();
}
