using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using Signalbox.Sandbox.Edge;
using Signalbox.Sandbox.Edge.Certificates;
using Xunit;

namespace Signalbox.Tests.Sandbox.Edge;

public sealed class CertificateTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private readonly EdgeFolder _folder = new(Directory.CreateTempSubdirectory("signalbox-edge-").FullName);

    [Fact]
    public async Task A_certificate_has_the_names_and_the_dates_of_the_one_it_stands_for()
    {
        using var authority = await SandboxAuthority.Open(_folder, _clock, TemporaryRepository.Cancellation);
        var (from, until) = (_clock.GetUtcNow().AddMinutes(-30), _clock.GetUtcNow().AddDays(7));

        using var issued = authority.Issue(new CertificateLikeness(["a.example.org", "*.b.example.org"], from, until));

        Assert.Equal((from.UtcDateTime, until.UtcDateTime), (issued.NotBefore.ToUniversalTime(), issued.NotAfter.ToUniversalTime()));
        Assert.True(issued.MatchesHostname("a.example.org") && issued.MatchesHostname("x.b.example.org"));
        Assert.False(issued.MatchesHostname("b.example.org"));
    }

    [Fact]
    public async Task An_authority_is_kept_from_one_start_to_the_next()
    {
        using (await SandboxAuthority.Open(_folder, _clock, TemporaryRepository.Cancellation)) { }
        var first = await File.ReadAllTextAsync(_folder.AuthorityFile, TemporaryRepository.Cancellation);
        using (await SandboxAuthority.Open(_folder, _clock, TemporaryRepository.Cancellation)) { }

        Assert.Equal(first, await File.ReadAllTextAsync(_folder.AuthorityFile, TemporaryRepository.Cancellation));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_was_cut_short_or_has_another_key_is_made_anew(bool cutCertificate)
    {
        using (await SandboxAuthority.Open(_folder, _clock, TemporaryRepository.Cancellation)) { }
        var first = await File.ReadAllTextAsync(_folder.AuthorityFile, TemporaryRepository.Cancellation);
        var other = new EdgeFolder(Directory.CreateDirectory(Path.Combine(_folder.Path, "other")).FullName);
        using (await SandboxAuthority.Open(other, _clock, TemporaryRepository.Cancellation)) { }
        if (cutCertificate)
            await File.WriteAllTextAsync(_folder.AuthorityFile, first[..100], TemporaryRepository.Cancellation);
        else
            File.Copy(other.AuthorityKeyFile, _folder.AuthorityKeyFile, overwrite: true);

        using var authority = await SandboxAuthority.Open(_folder, _clock, TemporaryRepository.Cancellation);
        using var kept = X509CertificateLoader.LoadCertificateFromFile(_folder.AuthorityFile);
        using var issued = authority.Issue(new CertificateLikeness(["a.example.org"], _clock.GetUtcNow(), _clock.GetUtcNow().AddDays(1)));

        Assert.NotEqual(first, await File.ReadAllTextAsync(_folder.AuthorityFile, TemporaryRepository.Cancellation));
        Assert.Equal(kept.SubjectName.RawData, issued.IssuerName.RawData);
    }

    [Theory]
    [InlineData("*.example.org", "a.example.org", true)]
    [InlineData("*.example.org", "a.b.example.org", false)]
    [InlineData("*.example.org", "example.org", false)]
    [InlineData("A.example.org", "a.Example.org", true)]
    public void A_wildcard_stands_for_one_label(string name, string host, bool covers) =>
        Assert.Equal(covers, new CertificateLikeness([name], DateTimeOffset.MinValue, DateTimeOffset.MaxValue).Covers(host));

    public void Dispose() => Directory.Delete(_folder.Path, recursive: true);
}
