namespace Signalbox.Cli.InJob;

/// <summary>Standard input as one text.</summary>
internal static class InputText
{
    public static async Task<string> Read(Invocation invocation, CancellationToken cancellation)
    {
        using var reader = new StreamReader(invocation.Terminal.Input());
        return await reader.ReadToEndAsync(cancellation);
    }
}
