using System.Security.Cryptography;
using System.Text;
using Signalbox.Journal;

namespace Signalbox.Delivery.Terraform;

/// <summary>Remembers what the last `terraform init` was run for, so that it runs again only when that changed.</summary>
internal sealed class InitMemory(string dataFolder, string rootFolder, TerraformProgram program, IReadOnlyDictionary<string, string> variables)
{
    private string Memory => Path.Combine(dataFolder, "signalbox-init");

    public bool IsCurrent() =>
        File.Exists(Memory)
        && (LockFile.Providers(rootFolder).Count == 0 || Directory.Exists(Path.Combine(dataFolder, "providers")))
        && File.ReadAllText(Memory) == Fingerprint();

    public Task Remember(CancellationToken cancellation) =>
        DurableFile.Write(Memory, Encoding.ASCII.GetBytes(Fingerprint()), cancellation);

    private string Fingerprint()
    {
        var lockFile = Path.Combine(rootFolder, LockFile.Name);
        var facts = RootModule.Read(rootFolder).WhatInitDependsOn()
            .Prepend(File.Exists(lockFile) ? File.ReadAllText(lockFile) : "no lock file")
            .Prepend($"{program.Path} {program.Version}")
            .Prepend(variables.GetValueOrDefault("TF_CLI_CONFIG_FILE", ""));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', facts))));
    }
}
