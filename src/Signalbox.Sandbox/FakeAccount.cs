namespace Signalbox.Sandbox;

/// <summary>The emulated account. Its key has the form that moto recognises and that AWS never gives out.</summary>
internal static class FakeAccount
{
    public const string Id = "123456789012";
    public const string Region = "eu-west-2";
    public const string AccessKey = "SIGNALBOXSANDBOXONLY";
    public const string SecretKey = "this-is-not-a-secret";
}
