using Xunit;

namespace Signalbox.EndToEnd.Prod;

/// <summary>Applying the environment takes two minutes, so every class about it shares one.</summary>
[CollectionDefinition(Name)]
public sealed class AppliedOnce : ICollectionFixture<AppliedEnvironment>
{
    public const string Name = "the applied environment";
}
