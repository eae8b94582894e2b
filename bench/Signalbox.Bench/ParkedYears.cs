using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Register;

namespace Signalbox.Bench;

/// <summary>A register of an environment that was parked or unparked every hour for years, as `park` and `unpark` write it.</summary>
internal static class ParkedYears
{
    private const int HoursOfAYear = 8_760;

    private static readonly (string Address, string Usage, string Before)[] Billed =
    [
        ("module.portal.aws_ecs_service.this[0]", "Fargate-vCPU-Hours:perCPU", "0.25"),
        ("module.portal.aws_ecs_service.this[0]", "Fargate-GB-Hours", "0.5"),
        ("module.prefect.module.server.aws_ecs_service.this[0]", "Fargate-vCPU-Hours:perCPU", "0.5"),
        ("module.prefect.module.server.aws_ecs_service.this[0]", "Fargate-GB-Hours", "1"),
        ("module.network.aws_nat_gateway.this[0]", "NatGateway-Hours", "1"),
        ("module.network.aws_eip.nat[0]", "PublicIPv4:InUseAddress", "1"),
        ("module.network.aws_vpc_endpoint.interface[\"logs\"]", "VpcEndpoint-Hours", "2"),
    ];

    public static async Task<int> Run(string folder, int years, TextWriter output)
    {
        Directory.CreateDirectory(folder);
        var clock = new HourlyClock();
        var register = new FileRegister(Path.Combine(folder, "register.ndjson"), clock);
        for (var hour = 0; hour < years * HoursOfAYear; hour++)
        {
            var kind = hour % 2 == 0 ? EntryKind.Parked : EntryKind.Unparked;
            await Written(register, Note(kind, "begun", [.. Billed.Select((one, index) => Fact(index + 1, one, kind)), .. Enumerable.Range(1, 8).Select(number => Changed(number, hour))]));
            await Written(register, Note(kind, "done", []));
            clock.Pass();
        }

        await output.WriteLineAsync($"{years * HoursOfAYear} movements, {2 * years * HoursOfAYear} entries");
        return 0;
    }

    private static RegisterNote Note(EntryKind kind, string outcome, RegisterFact[] facts) => new()
    {
        Kind = kind,
        Environment = "prod",
        Target = Target.Aws,
        Actor = new Actor("Ada Lovelace <ada@example.org>", "git"),
        Commit = new string('c', 40),
        Outcome = outcome,
        Facts = [.. facts],
    };

    /// <summary>Another size every time, as what is made again has another id every time.</summary>
    private static RegisterFact Changed(int number, int hour) =>
        new($"changed_{number}", $$"""{"address":"module.apps.aws_ecs_service.this[{{number}}]","type":"aws_ecs_service","path":"desired_count","before":"{{hour + 1}}","after":"0"}""");

    private static RegisterFact Fact(int number, (string Address, string Usage, string Before) one, EntryKind kind)
    {
        var (before, after) = kind == EntryKind.Parked ? (one.Before, "0") : ("0", one.Before);
        return new($"billed_{number}", $$"""{"address":"{{one.Address.Replace("\"", "\\\"", StringComparison.Ordinal)}}","usage":"{{one.Usage}}","region":"eu-west-2","before":{{before}},"after":{{after}},"is_assured":true}""");
    }

    private static async Task Written(FileRegister register, RegisterNote note)
    {
        if (!(await register.Append(note, CancellationToken.None)).Succeeded(out _, out var problems))
            throw new InvalidOperationException(problems[0].Message);
    }

    /// <summary>Goes on by an hour when it is told to.</summary>
    private sealed class HourlyClock : TimeProvider
    {
        private DateTimeOffset _now = new(2016, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Pass() => _now = _now.AddHours(1);
    }
}
