using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Signalbox.Delivery.Aws;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Register;
using Signalbox.Delivery.Register.Leases;
using Signalbox.Diagnostics;
using Signalbox.Tests.Delivery.Register.Leases;
using Signalbox.Tests.Sandbox;
using Xunit;

namespace Signalbox.Tests.Delivery.Register;

/// <summary>The register and its leases in a bucket of the emulator, which honours conditional writes.</summary>
public sealed class S3RegisterTests : IAsyncLifetime
{
    private readonly TemporaryRepository _repository = new();
    private AccountAccess _access = null!;
    private string _endpoint = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var running = await _repository.Up();
        _access = new AccountAccess(Target.Sandbox, running.AccountId, running.ChildEnvironment());
        _endpoint = running.Endpoint.ToString();
    }

    public ValueTask DisposeAsync() => _repository.DisposeAsync();

    [Fact]
    public async Task Fifty_writers_in_four_processes_lose_and_repeat_nothing()
    {
        using var register = Open("s3://acme-register/race");

        await Appenders.Race(register, entries: 1, _endpoint);
    }

    [Fact]
    public async Task What_is_written_reads_back_the_newest_first_found_and_a_missing_object_is_named()
    {
        using var register = Open("s3://acme-register");
        for (var plan = 0; plan < 25; plan++)
            Assert.True((await register.Append(SmallRegister.Note(EntryKind.Planned, plan), Cancellation)).Succeeded(out _, out var problems), problems?.ToString());

        var newest = await register.Newest(3, Cancellation);
        var before = await RegisterCheck.Run(register, known: [], Cancellation);
        using var objects = Objects("acme-register");
        await objects.Delete("entries/9999999989-0000000010.json", Cancellation);
        var after = await RegisterCheck.Run(register, known: [], Cancellation);

        Assert.Equal([23, 24, 25], newest.Select(entry => entry.Sequence));
        Assert.Empty(before.Problems);
        Assert.Equal(25, before.Head.Sequence);
        var problem = Assert.Single(after.Problems);
        Assert.Equal("SB3411", problem.Rule.Code);
        Assert.Contains("entry 10 is missing", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lease_in_a_bucket_has_one_holder()
    {
        using var store = S3LeaseStore.Open(_access, region: null, Bucket("s3://acme-register/leases"));
        var claim = new LeaseClaim("prod-aws", "Ada", "planning", Run: null, TimeSpan.Zero);

        Assert.True((await EnvironmentLease.Take(store, claim, EngineOf.Nobody, static _ => { }, TimeProvider.System, Cancellation)).Succeeded(out var first, out var problems), problems?.ToString());
        var second = await EnvironmentLease.Take(store, claim, EngineOf.Nobody, static _ => { }, TimeProvider.System, Cancellation);
        await first.DisposeAsync();
        var third = await EnvironmentLease.Take(store, claim, EngineOf.Nobody, static _ => { }, TimeProvider.System, Cancellation);

        Assert.False(second.Succeeded(out _, out _));
        Assert.True(third.Succeeded(out var lease, out _));
        Assert.Equal(first.Token + 1, lease.Token);
        await lease.DisposeAsync();
    }

    [Fact]
    public async Task Under_Object_Lock_every_entry_is_kept_and_the_lease_still_moves()
    {
        using var bucket = new AmazonS3Client(new BasicAWSCredentials("key", "secret"), new AmazonS3Config { ServiceURL = _endpoint, ForcePathStyle = true, AuthenticationRegion = "eu-west-2" });
        await bucket.PutBucketAsync(new PutBucketRequest { BucketName = "locked-register", ObjectLockEnabledForBucket = true, BucketRegionName = "eu-west-2" }, Cancellation);
        await bucket.PutObjectLockConfigurationAsync(new PutObjectLockConfigurationRequest
        {
            BucketName = "locked-register",
            ObjectLockConfiguration = new() { ObjectLockEnabled = ObjectLockEnabled.Enabled, Rule = new() { DefaultRetention = new() { Mode = ObjectLockRetentionMode.Compliance, Days = 30 } } },
        }, Cancellation);
        using var register = Open("s3://locked-register");
        using var leases = S3LeaseStore.Open(_access, region: null, Bucket("s3://locked-register/leases"));

        await using (var lease = TemporaryRepository.Value(await EnvironmentLease.Take(leases, new LeaseClaim("prod-aws", "Ada", "planning", Run: null, TimeSpan.Zero), EngineOf.Nobody, static _ => { }, TimeProvider.System, Cancellation)))
        {
            TemporaryRepository.Value(await register.Append(SmallRegister.Note(EntryKind.Planned, 1), Cancellation));
            TemporaryRepository.Value(await register.Append(SmallRegister.Note(EntryKind.Planned, 2), Cancellation));
        }

        Assert.Empty((await RegisterCheck.Run(register, known: [], Cancellation)).Problems);
        foreach (var version in (await bucket.ListVersionsAsync(new ListVersionsRequest { BucketName = "locked-register", Prefix = "entries/" }, Cancellation)).Versions)
            await Assert.ThrowsAsync<AmazonS3Exception>(() => bucket.DeleteObjectAsync(new DeleteObjectRequest { BucketName = "locked-register", Key = version.Key, VersionId = version.VersionId }, Cancellation));
    }

    [Fact]
    public async Task A_bucket_that_does_not_answer_is_a_diagnostic()
    {
        using var register = S3Register.Open(_access with { Variables = new Dictionary<string, string>(_access.Variables, StringComparer.Ordinal) { ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9" } }, null, Bucket("s3://acme-register"), TimeProvider.System);

        Assert.False((await register.Append(SmallRegister.Note(EntryKind.Planned, 1), Cancellation)).Succeeded(out _, out var problems));
        Assert.Equal("SB3401", Assert.Single(problems).Rule.Code);
    }

    private S3Register Open(string place) => S3Register.Open(_access, region: null, Bucket(place), TimeProvider.System);

    private S3Objects Objects(string bucket) => S3Objects.Of(_access, region: null, bucket);

    private static RegisterStore.Bucket Bucket(string place) =>
        RegisterStore.Parse(new SourceText("", place), new Span(0, 0), place).Succeeded(out var store, out _) ? (RegisterStore.Bucket)store : throw new ArgumentException(place, nameof(place));
}
