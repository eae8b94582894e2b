using System.Text;
using CsCheck;
using Signalbox.Processes;
using Signalbox.Processes.Masking;
using Xunit;

namespace Signalbox.Tests.Processes;

public sealed class MaskedCopyTests
{
    [Theory]
    [InlineData("the password is hunter2-hunter2.", "the password is ****.")]
    [InlineData("aHVudGVyMi1odW50ZXIy", "****")]
    [InlineData("hunter2-hunter2hunter2-hunter2", "********")]
    [InlineData("hunter2-hunter", "hunter2-hunter")]
    [InlineData("", "")]
    public async Task A_secret_becomes_four_stars(string text, string masked) =>
        Assert.Equal(masked, await Masked([text], ["hunter2-hunter2"]));

    [Theory]
    [InlineData("abc")]
    [InlineData("true")]
    [InlineData("True")]
    [InlineData("false")]
    [InlineData("False")]
    public async Task Short_values_and_truth_values_are_left_alone(string value) =>
        Assert.Equal($"it is {value}", await Masked([$"it is {value}"], [value]));

    [Fact]
    public async Task A_value_of_four_characters_is_hidden_and_one_that_only_resembles_a_truth_value_too() =>
        Assert.Equal("**** ****", await Masked(["abcd TRUE"], ["abcd", "TRUE"]));

    [Fact]
    public async Task The_longest_of_two_secrets_that_begin_alike_is_hidden_whole_also_across_a_boundary() =>
        Assert.Equal("**** ****!", await Masked(["pass", "word pass", "!"], ["pass", "password"]));

    [Fact]
    public async Task Each_line_of_a_secret_is_hidden_and_the_whole_of_it_once() =>
        Assert.Equal("****|  ****", await Masked(["first line\nsecond line|  second line"], ["first line\nsecond line"]));

    [Fact]
    public async Task What_cannot_become_a_secret_is_not_held_back()
    {
        using var target = new Written();
        using var source = new Pieces(["prompt> "u8.ToArray(), "hun"u8.ToArray()], target.HasSomething);

        await MaskedCopy.Run(source, target, SecretSearch.For(["hunter2"]), CancellationToken.None);

        Assert.Equal("prompt> hun", Encoding.UTF8.GetString(target.ToArray()));
    }

    [Fact]
    public async Task A_target_that_refuses_ends_the_copy_also_while_more_arrives()
    {
        await using var target = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        using var source = new Pieces([.. Enumerable.Repeat("line\n"u8.ToArray(), 100)], Task.CompletedTask);

        await Assert.ThrowsAsync<IOException>(() => MaskedCopy.Run(source, target, SecretSearch.None, CancellationToken.None));
    }

    [Fact]
    public async Task However_it_is_cut_the_output_is_that_of_a_plain_replacement()
    {
        var word = Gen.String[Gen.Char["abñ="], 4, 9]; // few letters, so that secrets overlap, repeat and contain each other
        var text = Gen.String[Gen.Char["abñ=."], 0, 80];
        await Gen.Select(word.Array[1, 6], text.Array[0, 6], Gen.Int[1, 7]).SampleAsync(
            async (secrets, texts, size) =>
            {
                var whole = string.Join(secrets[0], texts);
                var bytes = Encoding.UTF8.GetBytes(whole);
                Assert.Equal(Replaced(whole, secrets), await Masked([.. bytes.Chunk(size)], secrets));
            },
            iter: 3000);
    }

    /// <summary>From left to right, the longest form of any secret that begins at each place.</summary>
    private static string Replaced(string text, string[] secrets)
    {
        var forms = secrets.SelectMany(SecretForms.Of).Select(Encoding.UTF8.GetBytes).OrderByDescending(form => form.Length).ToArray();
        var (bytes, result) = (Encoding.UTF8.GetBytes(text), new List<byte>());
        for (var at = 0; at < bytes.Length;)
        {
            var found = forms.FirstOrDefault(form => bytes.AsSpan(at).StartsWith(form));
            result.AddRange(found is null ? [bytes[at]] : "****"u8.ToArray());
            at += found?.Length ?? 1;
        }

        return Encoding.UTF8.GetString([.. result]);
    }

    private static Task<string> Masked(string[] pieces, string[] secrets) => Masked([.. pieces.Select(Encoding.UTF8.GetBytes)], secrets);

    private static async Task<string> Masked(byte[][] pieces, string[] secrets)
    {
        using var target = new MemoryStream();
        using var source = new Pieces(pieces, Task.CompletedTask);
        await MaskedCopy.Run(source, target, SecretSearch.For(secrets), CancellationToken.None);
        return Encoding.UTF8.GetString(target.ToArray());
    }

    /// <summary>A stream that arrives in these pieces, all but the first only after <paramref name="first"/>.</summary>
    private sealed class Pieces(byte[][] pieces, Task first) : MemoryStream
    {
        private int _next;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_next > 0)
                await first.WaitAsync(TimeSpan.FromMinutes(1), cancellationToken);
            if (_next == pieces.Length)
                return 0;
            var piece = pieces[_next++];
            piece.CopyTo(buffer);
            return piece.Length;
        }
    }

    private sealed class Written : MemoryStream
    {
        private readonly TaskCompletionSource _something = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task HasSomething => _something.Task;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            base.Write(buffer);
            _something.TrySetResult();
        }
    }
}
