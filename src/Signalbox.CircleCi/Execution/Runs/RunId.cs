using System.Security.Cryptography;
using System.Text;

namespace Signalbox.CircleCi.Execution.Runs;

/// <summary>Which run: the id of the workflow that it executes, as CircleCI's API has it.</summary>
public sealed record RunId
{
    private RunId(Guid value) => Value = value;

    public Guid Value { get; }

    public static RunId New() => new(Guid.CreateVersion7());

    /// <summary>Null when the text is not a whole id.</summary>
    public static RunId? Parse(string text) => Guid.TryParseExact(text, "D", out var value) && value != Guid.Empty ? new RunId(value) : null;

    /// <summary>The id of a job, or of an approval request: the same in every process, before and after the job began.</summary>
    public Guid OfJob(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{this}/{name}")).AsSpan(0, 16));

    public override string ToString() => Value.ToString("D");
}
