using Microsoft.Data.Sqlite;

namespace Signalbox.Journal;

/// <summary>
/// Streams of events that are only ever added to, in one SQLite file. What was appended is on the disk when
/// <see cref="Append"/> returns, all of it or nothing, whatever is killed when. Several processes may read while one writes.
/// </summary>
public sealed class EventJournal : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _oneCommandAtATime = new(1);

    private EventJournal(SqliteConnection connection) => _connection = connection;

    /// <param name="file">Made with its folder when it is not there.</param>
    public static async Task<EventJournal> Open(string file, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        MakePrivate(file);
        var text = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 30 }.ToString();
        var journal = new EventJournal(new SqliteConnection(text));
        await Task.Run(journal.Prepare, cancellation);
        return journal;
    }

    /// <summary>Adds events to a stream. Another writer to the same stream is a bug, and refused by the disk.</summary>
    /// <param name="stream">Its name.</param>
    /// <param name="after">How many events the stream holds so far.</param>
    public async Task Append(string stream, long after, IReadOnlyList<string> events, CancellationToken cancellation)
    {
        await Alone(
            () =>
            {
                using var transaction = _connection.BeginTransaction();
                using var insert = Statement("INSERT INTO events (stream, sequence, body) VALUES ($stream, $sequence, $body)");
                insert.Transaction = transaction;
                var (sequence, body) = (insert.Parameters.AddWithValue("$sequence", after), insert.Parameters.Add("$body", SqliteType.Text));
                insert.Parameters.AddWithValue("$stream", stream);
                for (var index = 0; index < events.Count; index++)
                {
                    (sequence.Value, body.Value) = (after + index + 1, events[index]);
                    insert.ExecuteNonQuery();
                }

                transaction.Commit();
                return true;
            },
            cancellation);
    }

    /// <summary>The events of a stream that come after the given number of them, in order.</summary>
    public Task<IReadOnlyList<string>> Read(string stream, long after, CancellationToken cancellation) => Alone<IReadOnlyList<string>>(
        () =>
        {
            using var select = Statement("SELECT body FROM events WHERE stream = $stream AND sequence > $after ORDER BY sequence");
            select.Parameters.AddWithValue("$stream", stream);
            select.Parameters.AddWithValue("$after", after);
            return Texts(select);
        },
        cancellation);

    /// <summary>The first event of each stream, the stream that was begun last first.</summary>
    public Task<IReadOnlyList<string>> Beginnings(int limit, CancellationToken cancellation) => Alone<IReadOnlyList<string>>(
        () =>
        {
            using var select = Statement("SELECT body FROM events WHERE sequence = 1 ORDER BY rowid DESC LIMIT $limit");
            select.Parameters.AddWithValue("$limit", limit);
            return Texts(select);
        },
        cancellation);

    /// <summary>Counts on: 1, 2, 3 …; a number is given once, to whichever process asks.</summary>
    public Task<int> Next(string counter, CancellationToken cancellation) => Alone(
        () =>
        {
            using var count = Statement(
                "INSERT INTO counters (name, value) VALUES ($name, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value");
            count.Parameters.AddWithValue("$name", counter);
            return Convert.ToInt32(count.ExecuteScalar(), provider: null);
        },
        cancellation);

    public void Dispose()
    {
        _connection.Dispose();
        _oneCommandAtATime.Dispose();
    }

    /// <summary>Events may quote what jobs do. SQLite gives the files beside this one the same mode.</summary>
    private static void MakePrivate(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(file, options).Dispose();
    }

    private void Prepare()
    {
        _connection.Open();
        // Readers never wait for the writer (WAL), and a commit is on the disk when it returns (FULL).
        using var pragmas = Statement("PRAGMA busy_timeout = 30000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
        pragmas.ExecuteNonQuery();
        using var tables = Statement("""
            CREATE TABLE IF NOT EXISTS events (stream TEXT NOT NULL, sequence INTEGER NOT NULL, body TEXT NOT NULL, UNIQUE (stream, sequence));
            CREATE INDEX IF NOT EXISTS beginnings ON events (sequence) WHERE sequence = 1;
            CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
            """);
        tables.ExecuteNonQuery();
    }

    /// <summary>SQLite waits for the disk on the calling thread, and a connection takes one command at a time.</summary>
    private async Task<T> Alone<T>(Func<T> command, CancellationToken cancellation)
    {
        await _oneCommandAtATime.WaitAsync(cancellation);
        try
        {
            return await Task.Run(command, CancellationToken.None);
        }
        finally
        {
            _oneCommandAtATime.Release();
        }
    }

    private SqliteCommand Statement(string text)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // every text is a constant of this file
        command.CommandText = text;
#pragma warning restore CA2100
        return command;
    }

    private static List<string> Texts(SqliteCommand select)
    {
        using var reader = select.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
            texts.Add(reader.GetString(0));
        return texts;
    }
}
