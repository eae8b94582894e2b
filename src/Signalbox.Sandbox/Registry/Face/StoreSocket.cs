using System.Net.Sockets;

namespace Signalbox.Sandbox.Registry.Face;

/// <summary>The way from the face to docker-registry, open to this user alone.</summary>
/// <remarks>In a temporary folder: a socket's path may only have about a hundred letters, and repositories lie deep.</remarks>
internal sealed class StoreSocket : IDisposable
{
    private const int BufferSize = 1024 * 1024;

    private readonly DirectoryInfo _folder;

    private StoreSocket(DirectoryInfo folder) => _folder = folder;

    public string Path => System.IO.Path.Combine(_folder.FullName, "store.sock");

    public static StoreSocket Create() => new(Directory.CreateTempSubdirectory("signalbox-"));

    public async ValueTask<Stream> Open(CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { SendBufferSize = BufferSize, ReceiveBufferSize = BufferSize };
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public HttpMessageInvoker Client() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectCallback = (_, cancellation) => Open(cancellation),
    });

    public void Dispose() => _folder.Delete(recursive: true);
}
