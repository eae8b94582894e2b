using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Xunit;
using static Signalbox.Tests.CircleCi.Jobs.JobScene;

namespace Signalbox.Tests.CircleCi.Jobs;

public sealed class CheckoutTests : IDisposable
{
    private static readonly Step.Checkout Checkout = new(".", "blobless", Depth: null) { Title = "Checkout code" };

    private readonly JobScene _scene = new();

    [Fact]
    public async Task The_commit_is_checked_out_on_its_branch_and_the_tree_of_the_person_is_not_touched()
    {
        await _scene.MakeRepository("mkdir 'a dir'; echo one > 'a dir/näme with spaces'; git add .; git commit -qm one; git remote add origin https://example.com/o/r.git; git tag v1");
        await _scene.Bash("echo changed > 'a dir/näme with spaces'; echo new > untracked");

        var job = await _scene.Run(Checkout, Sh("cat 'a dir/näme with spaces'; ls; git status --porcelain; git rev-parse HEAD; git branch --show-current; git remote get-url origin; git tag; git config gc.auto"));

        Assert.Equal($"one\na dir\n{_scene.Commit}\nmain\nhttps://example.com/o/r.git\nv1\n0\n", job.Succeeded().Log(1));
        Assert.Equal("changed", await _scene.Bash("cat 'a dir/näme with spaces'"));
    }

    [Fact]
    public async Task A_script_can_install_a_hook_and_exclude_a_file()
    {
        await _scene.MakeRepository();

        var job = await _scene.Run(Checkout, Sh("printf '#!/bin/sh\\necho hook >&2\\n' > .git/hooks/post-commit; chmod +x .git/hooks/post-commit; echo out >> .git/info/exclude; touch out; git status --porcelain; git -c user.name=a -c user.email=a@b commit -q --allow-empty -m x"));

        Assert.Equal("hook\n", job.Succeeded().Log(1));
    }

    [Fact]
    public async Task An_older_commit_is_checked_out_without_the_newer_one()
    {
        await _scene.MakeRepository();
        await _scene.Bash("echo two > file; git commit -qam two");

        Assert.Equal("one\n", (await _scene.Run(Checkout, Sh("cat file"))).Succeeded().Log(1));
    }

    [Fact]
    public async Task What_origin_had_is_there_to_compare_with()
    {
        await _scene.MakeRepository("echo 1 > file; git add .; git commit -qm first; git update-ref refs/remotes/origin/main HEAD; echo 2 > file; git commit -qam second");

        Assert.Equal("first\nsecond\n", (await _scene.Run(Checkout, Sh("git log -1 --format=%s origin/main; git log --format=%s origin/main..HEAD"))).Succeeded().Log(1));
    }

    [Fact]
    public async Task A_tag_is_checked_out_detached()
    {
        await _scene.MakeRepository();
        var assignment = (await _scene.Run()).Assignment;

        var job = await _scene.Run(assignment with
        {
            Folder = assignment.Folder + "-tag",
            Source = assignment.Source with { Branch = null, Tag = "v1" },
            Body = new JobBody { Executor = _scene.Executor, Steps = [Checkout, Sh("git branch --show-current; git rev-parse HEAD")] },
        });

        Assert.Equal($"{_scene.Commit}\n", job.Succeeded().Log(1).TrimStart('\n'));
    }

    [Fact]
    public async Task A_shallow_clone_is_as_deep_as_asked()
    {
        await _scene.MakeRepository("for i in 1 2 3 4; do git commit -q --allow-empty -m $i; done");

        var job = await _scene.Run(Checkout with { Method = "shallow", Depth = 2 }, Sh("git log --format=%s"));

        Assert.Equal("4\n3\n", job.Succeeded().Log(1));
    }

    [Fact]
    public async Task The_working_tree_is_taken_as_if_it_were_committed()
    {
        await _scene.MakeRepository("echo ignored > .gitignore; echo a > kept; echo b > deleted; printf '#!/bin/sh\\n' > tool; chmod +x tool; ln -s kept link; git add .; git commit -qm one");
        await _scene.Bash("echo changed > kept; rm deleted; echo new > 'not yet added'; echo no > ignored");
        var assignment = (await _scene.Run()).Assignment;

        var job = await _scene.Run(assignment with
        {
            Folder = assignment.Folder + "-dirty",
            Source = assignment.Source with { WithUncommitted = true },
            Body = new JobBody
            {
                Executor = _scene.Executor,
                Steps = [Checkout, Sh("cat kept link; ls; git status --porcelain; [ -x tool ]; git log -1 --format=%s; git rev-parse HEAD^; git branch --show-current")],
            },
        });

        Assert.Equal($"changed\nchanged\nkept\nlink\nnot yet added\ntool\nUncommitted changes\n{_scene.Commit}\nmain\n", job.Succeeded().Log(1));
        Assert.Equal($"{_scene.Commit}\n M kept\n D deleted\n?? not yet added".Replace("\n D deleted", "", StringComparison.Ordinal),
            (await _scene.Bash("git rev-parse HEAD; git -c core.quotePath=off status --porcelain | grep -v deleted | tr -d '\"'")));
        Assert.Single(job.Events.OfType<JobEvent.Noted>());
    }

    [Fact]
    public async Task A_folder_that_is_neither_empty_nor_a_repository_is_refused()
    {
        await _scene.MakeRepository();

        var job = await _scene.Run(Sh("touch in-the-way"), Checkout);

        Assert.Equal(TerminalStatus.Failed, job.Status);
        Assert.Contains("is not empty and is not a git repository", job.Ending.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_that_is_already_there_is_brought_to_the_commit()
    {
        await _scene.MakeRepository();

        var job = await _scene.Run(Checkout, Sh("echo changed > file; echo mine > untracked"), Checkout, Sh("cat file untracked"));

        Assert.Equal("one\nmine\n", job.Succeeded().Log(3));
    }

    [Fact]
    public async Task A_commit_that_is_not_there_fails_the_step_with_git_s_own_words()
    {
        await _scene.MakeRepository();
        var assignment = (await _scene.Run()).Assignment;

        var job = await _scene.Run(assignment with
        {
            Folder = assignment.Folder + "-missing",
            Source = assignment.Source with { Commit = new string('1', 40) },
            Body = new JobBody { Executor = _scene.Executor, Steps = [Checkout] },
        });

        Assert.Equal(TerminalStatus.Failed, job.Status);
        Assert.Contains(new string('1', 40), job.Ending.Problem, StringComparison.Ordinal);
    }

    public void Dispose() => _scene.Dispose();
}
