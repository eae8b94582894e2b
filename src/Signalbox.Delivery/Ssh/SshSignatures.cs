using System.Globalization;
using System.Text;
using Signalbox.Delivery.Approvals;
using Signalbox.Diagnostics;
using Signalbox.Processes;

namespace Signalbox.Delivery.Ssh;

/// <summary>Signatures by `ssh-keygen -Y`, so that agents and hardware keys work as they do for git.</summary>
public sealed class SshSignatures(ProcessRunner runner, IReadOnlyDictionary<string, string> variables) : ISignatures
{
    private static readonly Rule NoProgram = new("SB3450", Severity.Error, "`ssh-keygen` is not installed");
    private static readonly Rule NotSigned = new("SB3451", Severity.Error, "Nothing was signed");

    private const string Begin = "-----BEGIN SSH SIGNATURE-----";
    private const string End = "-----END SSH SIGNATURE-----";
    private const int ArmourWidth = 70;

    public async Task<Outcome<string>> Sign(string key, string purpose, ReadOnlyMemory<byte> statement, CancellationToken cancellation)
    {
        var said = new Said();
        if (await Run(["-Y", "sign", "-f", key, "-n", purpose], statement, said, cancellation) is not { } code)
            return NoProgram.Without("`ssh-keygen` is not on the PATH; it makes and checks signatures", "run `scripts/setup.sh`, or install OpenSSH");
        var signature = said.Output.Replace(Begin, "", StringComparison.Ordinal).Replace(End, "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
        return code == 0 && said.Output.Contains(Begin, StringComparison.Ordinal)
            ? signature
            : NotSigned.Without($"`ssh-keygen` did not sign with `{key}`: {said.Errors}", "name your key with `--key`: a private key, or the public half of one that your agent holds");
    }

    public async Task<string?> Refusal(
        string signers, string signer, string purpose, ReadOnlyMemory<byte> statement, string signature, DateTimeOffset at, CancellationToken cancellation)
    {
        using var signersFile = PrivateFile.Holding("signers", Encoding.UTF8.GetBytes(signers));
        using var signatureFile = PrivateFile.Holding("signature", Encoding.ASCII.GetBytes(Armoured(signature)));
        var time = at.UtcDateTime.ToString("yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture);
        var said = new Said();
        var code = await Run(
            ["-Y", "verify", "-f", signersFile.Path, "-I", signer, "-n", purpose, "-s", signatureFile.Path, "-O", $"verify-time={time}"],
            statement, said, cancellation);
        return code switch
        {
            0 => null,
            null => "`ssh-keygen` is not on the PATH",
            _ => said.Errors.Length > 0 ? said.Errors : said.Output.Trim(),
        };
    }

    private static string Armoured(string signature)
    {
        var lines = signature.Chunk(ArmourWidth).Select(line => new string(line));
        return $"{Begin}\n{string.Join('\n', lines)}\n{End}\n";
    }

    private async Task<int?> Run(ValueList<string> arguments, ReadOnlyMemory<byte> input, Said said, CancellationToken cancellation)
    {
        if (ProgramSearch.Find("ssh-keygen", variables) is not { } program)
            return null;
        var command = new Command(program, arguments) { Folder = "/", Environment = variables, Input = input };
        return (await runner.Run(command, said.Take, cancellation)).Code;
    }

    private sealed class Said
    {
        private readonly StringBuilder _output = new();
        private readonly List<string> _errors = [];
        private readonly Lock _oneAtATime = new();

        public string Output => _output.ToString();

        public string Errors => string.Join("; ", _errors);

        public void Take(OutputLine line)
        {
            lock (_oneAtATime)
            {
                if (line.Source == Signalbox.Processes.Output.Standard)
                    _output.Append(line.Text).Append('\n');
                else if (line.Text.Length > 0 && !line.Text.StartsWith("Signing", StringComparison.Ordinal))
                    _errors.Add(line.Text.Trim());
            }
        }
    }
}
