namespace Signalbox.Delivery.Parking.Metering;

/// <summary>Usage types of AWS's price lists, without the prefix of a region.</summary>
internal static class Usage
{
    public const string FargateProcessor = "Fargate-vCPU-Hours:perCPU";
    public const string FargateMemory = "Fargate-GB-Hours";
    public const string FargateArmProcessor = "Fargate-ARM-vCPU-Hours:perCPU";
    public const string FargateArmMemory = "Fargate-ARM-GB-Hours";
    public const string FargateStorage = "Fargate-EphemeralStorage-GB-Hours";
    public const string NatGateway = "NatGateway-Hours";
    public const string PublicAddress = "PublicIPv4:InUseAddress";
    public const string InterfaceEndpoint = "VpcEndpoint-Hours";
    public const string LoadBalancer = "LoadBalancerUsage";
    public const string AuroraCapacity = "Aurora:ServerlessV2Usage";
    public const string AuroraOptimizedCapacity = "Aurora:ServerlessV2IOOptimizedUsage";
}
