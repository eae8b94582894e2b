using System.Diagnostics;
using Signalbox.Delivery.Register;
using Xunit;

namespace Signalbox.Tests.Delivery.Register;

/// <summary>Fifty writers in four processes that append to one register at once.</summary>
internal static class Appenders
{
    private static readonly int[] Writers = [13, 13, 12, 12];

    private static readonly string Program = Path.Combine(
        House.Repository.Folder, "artifacts", "bin", "Signalbox.Appender", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), "Signalbox.Appender.dll");

    public static async Task Race(IRegister register, int entries, params string[] endpoint)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var processes = Writers.Select((writers, index) => Process.Start(new ProcessStartInfo("dotnet", [Program, register.Place, $"{writers}", $"{entries}", $"p{index}", .. endpoint]) { RedirectStandardError = true, UseShellExecute = false })!).ToArray();
        foreach (var process in processes)
        {
            var said = await process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            Assert.True(process.ExitCode == 0, said);
            process.Dispose();
        }

        var names = new List<string>();
        await foreach (var entry in register.Read(cancellation))
            names.Add(entry.Note.Actor.Name);
        var verdict = await RegisterCheck.Run(register, known: [], cancellation);

        Assert.Empty(verdict.Problems);
        Assert.Equal(Writers.Sum() * entries, verdict.Head.Sequence);
        Assert.Equal(Expected(entries).Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Expected(int entries) =>
        from process in Enumerable.Range(0, Writers.Length)
        from writer in Enumerable.Range(0, Writers[process])
        from entry in Enumerable.Range(0, entries)
        select $"p{process}-{writer}-{entry}";
}
