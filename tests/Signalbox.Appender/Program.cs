using Signalbox.Delivery.Aws;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Register;
using Signalbox.Diagnostics;

// Appends to a register from several writers at once, as a process of its own: PLACE WRITERS ENTRIES NAME [ENDPOINT]
var (place, writers, entries, name) = (args[0], int.Parse(args[1]), int.Parse(args[2]), args[3]);
var failures = 0;
await Parallel.ForEachAsync(Enumerable.Range(0, writers), new ParallelOptions { MaxDegreeOfParallelism = writers }, async (writer, cancellation) =>
{
    var register = Open();
    for (var entry = 0; entry < entries; entry++)
    {
        var note = new RegisterNote
        {
            Kind = EntryKind.Planned,
            Environment = "prod",
            Target = Target.Sandbox,
            Actor = new Actor($"{name}-{writer}-{entry}", "git"),
        };
        if ((await register.Append(note, cancellation)).Succeeded(out _, out var problems))
            continue;
        Interlocked.Increment(ref failures);
        foreach (var problem in problems)
            await Console.Error.WriteLineAsync(problem.Message);
    }
});
return failures;

IRegister Open()
{
    if (args is not [_, _, _, _, var endpoint])
        return new FileRegister(place, TimeProvider.System);
    var variables = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AWS_ENDPOINT_URL"] = endpoint,
        ["AWS_REGION"] = "eu-west-2",
        ["AWS_ACCESS_KEY_ID"] = "SIGNALBOXSANDBOXONLY",
        ["AWS_SECRET_ACCESS_KEY"] = "this-is-not-a-secret",
    };
    var store = RegisterStore.Parse(new SourceText("", place), new Span(0, 0), place).Succeeded(out var parsed, out _) ? (RegisterStore.Bucket)parsed : throw new ArgumentException(place, nameof(args));
    return S3Register.Open(new AccountAccess(Target.Sandbox, "123456789012", variables), region: null, store, TimeProvider.System);
}
