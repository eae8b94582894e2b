using System.IO.Pipelines;
using System.Net;

namespace Signalbox.Sandbox.Registry.Face;

/// <summary>A request's body, sent on piece by piece from where it was received: nothing is gathered or copied between.</summary>
/// <param name="length">Null when the client did not say.</param>
internal sealed class PassedOnContent(PipeReader body, long? length) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellation) =>
        body.CopyToAsync(stream, cancellation);

    protected override bool TryComputeLength(out long computed)
    {
        computed = length ?? 0;
        return length is not null;
    }
}
