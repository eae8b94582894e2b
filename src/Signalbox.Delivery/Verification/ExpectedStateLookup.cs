using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Verification;

/// <summary>Finds out which expectation holds.</summary>
public delegate Task<Outcome<ExpectedState>> FindExpectedState(CancellationToken cancellation);

/// <summary>Finds it out once, for all who ask.</summary>
internal sealed class ExpectedStateLookup(FindExpectedState find) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private Outcome<ExpectedState>? _found;

    public async Task<Outcome<ExpectedState>> Value(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            return _found ??= await find(cancellation);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
