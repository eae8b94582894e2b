using Xunit;

namespace Signalbox.EndToEnd.Prod;

/// <summary>One apply for every class that needs an applied environment.</summary>
[CollectionDefinition(Name)]
public sealed class AppliedProd : ICollectionFixture<AppliedEnvironment>
{
    public const string Name = "applied prod";
}
