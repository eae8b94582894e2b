using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace Signalbox.Sandbox.Registry.Face;

/// <summary>
/// The memory that Kestrel reads sockets into. Its own comes in pieces of 4 KiB, and each is one system call and one
/// wake-up: that, not the copying, is what a layer of gigabytes would wait for.
/// </summary>
internal sealed class LayerMemory : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    private const int PieceSize = 128 * 1024;

    public override int MaxBufferSize => Shared.MaxBufferSize;

    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => this;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1) => Shared.Rent(Math.Max(minBufferSize, PieceSize));

    protected override void Dispose(bool disposing)
    {
        // Holds nothing itself: each connection gives back what it rented.
    }
}
