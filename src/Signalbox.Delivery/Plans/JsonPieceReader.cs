using System.Text.Json;

namespace Signalbox.Delivery.Plans;

/// <summary>
/// Walks one JSON document as it arrives and hands over the pieces that <see cref="JsonPlace"/>s ask for. Only the piece
/// at hand is ever in memory, however long the document is.
/// </summary>
/// <param name="take">Gets a piece, the property name it stands under, and its bytes, which are only valid during the call.</param>
internal sealed class JsonPieceReader(JsonPlace root, Action<PlanPiece, string, ReadOnlyMemory<byte>> take)
{
    /// <summary>Twice the default for documents: policies and charts nest deeply inside a plan that is deep already.</summary>
    public const int DeepestNesting = 128;

    private const int FirstBuffer = 1 << 18;

    private readonly Stack<JsonPlace> _open = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = DeepestNesting });
    private JsonPlace? _announced;
    private string _name = "";
    private int? _skippingTo;

    /// <summary>The property names of the document itself, as far as it was read.</summary>
    public IReadOnlySet<string> Names => _names;

    /// <exception cref="JsonException">The document is not JSON, or ends too early.</exception>
    public async Task Read(Stream document, CancellationToken cancellation)
    {
        var buffer = new byte[FirstBuffer];
        var held = 0;
        while (true)
        {
            // A full buffer each time: a piece that does not fit is looked at again only after the buffer has doubled.
            var got = await document.ReadAtLeastAsync(buffer.AsMemory(held), buffer.Length - held, throwOnEndOfStream: false, cancellation);
            var isLast = held + got < buffer.Length;
            held += got;
            var used = Step(buffer.AsMemory(0, held), isLast);
            if (isLast)
                return;

            held -= used;
            buffer.AsSpan(used, held).CopyTo(buffer);
            if (held > buffer.Length / 2)
                buffer = Grown(buffer, held);
        }
    }

    private static byte[] Grown(byte[] buffer, int held)
    {
        if (buffer.Length > Array.MaxLength / 2)
            throw new JsonException("one value is larger than a gigabyte");

        var grown = new byte[buffer.Length * 2];
        buffer.AsSpan(0, held).CopyTo(grown);
        return grown;
    }

    private int Step(ReadOnlyMemory<byte> bytes, bool isLast)
    {
        var reader = new Utf8JsonReader(bytes.Span, isLast, _state);
        while (Skipped(ref reader))
        {
            var before = reader;
            if (!reader.Read())
                break;

            if (!Visit(ref reader, bytes))
            {
                reader = before;
                break;
            }
        }

        _state = reader.CurrentState;
        return (int)reader.BytesConsumed;
    }

    /// <returns>Whether nothing remains to be skipped.</returns>
    private bool Skipped(ref Utf8JsonReader reader)
    {
        while (_skippingTo is { } depth)
        {
            if (!reader.Read())
                return false;
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray && reader.CurrentDepth == depth)
                _skippingTo = null;
        }

        return true;
    }

    /// <returns>False when a piece begins whose end has not arrived.</returns>
    private bool Visit(ref Utf8JsonReader reader, ReadOnlyMemory<byte> bytes)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                _name = reader.GetString()!;
                _announced = _open.Peek().Property(_name);
                if (_open.Count == 1)
                    _names.Add(_name);
                return true;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _open.Pop();
                return true;
            default:
                return Value(ref reader, bytes);
        }
    }

    private bool Value(ref Utf8JsonReader reader, ReadOnlyMemory<byte> bytes)
    {
        var place = _open.Count == 0 ? root : _open.Peek().Items ?? _announced;
        if (place?.Piece is { } piece)
        {
            var start = (int)reader.TokenStartIndex;
            if (!reader.TrySkip())
                return false;
            take(piece, _name, bytes[start..(int)reader.BytesConsumed]);
        }
        else if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            if (place is not null && (place.Items is not null) == (reader.TokenType is JsonTokenType.StartArray))
                _open.Push(place);
            else
                _skippingTo = reader.CurrentDepth;
        }

        return true;
    }
}
