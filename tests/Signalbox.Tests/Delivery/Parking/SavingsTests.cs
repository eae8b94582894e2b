using Signalbox.Delivery.Parking;
using Signalbox.Delivery.Parking.Metering;
using Signalbox.Delivery.Parking.Prices;
using Signalbox.Delivery.Parking.Savings;
using Xunit;
using static Signalbox.Tests.Delivery.Parking.ParkAnswers;
using static Signalbox.Tests.Delivery.Plans.PlanSamples;

namespace Signalbox.Tests.Delivery.Parking;

public sealed class SavingsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private static readonly MeteredQuantity[] Environment =
    [
        new("aws_ecs_service.web", "Fargate-vCPU-Hours:perCPU", "eu-west-2", 0.25m, 0),
        new("aws_ecs_service.web", "Fargate-GB-Hours", "eu-west-2", 0.5m, 0),
        new("aws_lb.this", "LoadBalancerUsage", "eu-west-2", 1, 1),
        new("aws_rds_cluster.db", "Aurora:ServerlessV2Usage", "eu-west-2", 0.5m, 0, IsAssured: false),
    ];

    /// <summary>By hand: a task is 0.25 × 0.04656 + 0.5 × 0.00511 = 0.014195 USD an hour; 468 hours are 6.64326 USD.</summary>
    [Fact]
    public void Hours_times_list_price_are_booked_to_the_cent()
    {
        var book = Book(new ParkPeriod(Noon, Noon.AddHours(468), "ada", Environment));

        Assert.Equal(468m, book.Hours);
        Assert.Equal(6.64m, book.Total);
        Assert.Equal([5.44752m, 1.19574m], book.Booked.OrderByDescending(line => line.Amount).Select(line => line.Amount));
    }

    [Fact]
    public void A_database_that_nobody_saw_pausing_is_not_booked_and_what_is_still_billed_is_named()
    {
        var book = Book(new ParkPeriod(Noon, Noon.AddHours(10), "ada", Environment));

        Assert.Equal(0.70m, Assert.Single(book.NotObserved).Amount);
        Assert.Equal(("aws_lb.this", 0.2646m), (Assert.Single(book.CouldSaveMore).Address, book.CouldSaveMore[0].Amount));
        Assert.DoesNotContain(book.Booked, line => line.Usage.StartsWith("Aurora", StringComparison.Ordinal));
    }

    [Fact]
    public void A_price_that_is_missing_is_named_and_not_guessed()
    {
        var book = Book(new ParkPeriod(Noon, Noon.AddHours(1), "ada", [new("aws_nat_gateway.n", "NatGateway-Hours", "us-west-1", 1, 0), new("aws_eip.n", "PublicIPv4:InUseAddress", null, 1, 0)]));

        Assert.Equal(0m, book.Total);
        Assert.Equal(["aws_eip.n", "aws_nat_gateway.n"], book.WithoutPrice.Select(line => line.Address));
    }

    [Theory]
    [InlineData(-5, 5, 5)]
    [InlineData(2, 4, 2)]
    [InlineData(8, 20, 2)]
    [InlineData(20, 30, 0)]
    public void Only_the_asked_time_is_booked(int from, int to, int hours) =>
        Assert.Equal(hours, SavingsBook.Of([new ParkPeriod(Noon, Noon.AddHours(10), "ada", Environment)], PriceList.Shipped, Noon.AddHours(from), Noon.AddHours(to)).Hours);

    [Fact]
    public void A_period_that_lasts_is_booked_until_now() =>
        Assert.Equal(3m, SavingsBook.Of([new ParkPeriod(Noon, null, "ada", Environment)], PriceList.Shipped, Noon, Noon.AddHours(3)).Hours);

    [Fact]
    public async Task A_plan_tells_what_is_billed_before_and_after()
    {
        var record = await Parked(
            Change("aws_ecs_task_definition.t", "no-op", Task, Task),
            Change("aws_ecs_service.web", "update", Web(2), Web(0)),
            Change("aws_ecs_service.ec2", "update", Web(2).Replace("FARGATE", "EC2", StringComparison.Ordinal), Web(0)),
            Change("aws_nat_gateway.n", "delete", """{"id":"nat-1"}""", members: "\"action_reason\":\"delete_because_count_index\""),
            Change("aws_vpc_endpoint.logs", "delete", """{"vpc_endpoint_type":"Interface","subnet_ids":["a","b"]}""", members: "\"action_reason\":\"delete_because_each_key\""),
            Change("aws_vpc_endpoint.s3", "no-op", """{"vpc_endpoint_type":"Gateway","subnet_ids":[]}""", """{"vpc_endpoint_type":"Gateway","subnet_ids":[]}"""),
            Change("aws_lb.this", "no-op", Balancer, Balancer),
            Change("aws_rds_cluster.db", "update", Cluster("0.5"), Cluster("0")),
            Change("aws_rds_cluster_instance.one", "no-op", Instance, Instance));

        Assert.Equal(
            [
                "aws_ecs_service.web Fargate-GB-Hours eu-west-2 1.0 → 0.0",
                "aws_ecs_service.web Fargate-vCPU-Hours:perCPU eu-west-2 0.50 → 0.00",
                "aws_lb.this LoadBalancerUsage eu-west-2 1 → 1",
                "aws_lb.this PublicIPv4:InUseAddress eu-west-2 3 → 3",
                "aws_nat_gateway.n NatGateway-Hours eu-west-2 1 → 0",
                "aws_rds_cluster.db Aurora:ServerlessV2Usage eu-west-2 0.5 → 0 (not assured)",
                "aws_vpc_endpoint.logs VpcEndpoint-Hours eu-west-2 2 → 0",
            ],
            record.Metered.Select(quantity => $"{quantity.Address} {quantity.Usage} {quantity.Region} {quantity.Before} → {quantity.After}{(quantity.IsAssured ? "" : " (not assured)")}"));
    }

    [Fact]
    public void Every_shipped_price_has_its_date_and_where_it_stands()
    {
        var prices = (string[])["NatGateway-Hours", "Fargate-GB-Hours", "LoadBalancerUsage", "Aurora:ServerlessV2Usage"];

        Assert.All(prices, usage => Assert.True(PriceList.Shipped.Find("eu-west-2", usage) is { Usd: > 0, Published.Year: 2026, Offer.Length: > 0 }));
        Assert.Null(PriceList.Shipped.Find("eu-west-2", "NatGateway-hours"));
    }

    private const string Task = """{"arn":"arn:aws:ecs:eu-west-2:1:task-definition/t:1","cpu":"256","memory":"512","runtime_platform":[{"cpu_architecture":"X86_64"}]}""";
    private const string Balancer = """{"arn":"arn:aws:elasticloadbalancing:eu-west-2:1:lb","load_balancer_type":"application","internal":false,"subnets":["a","b","c"]}""";
    private const string Instance = """{"instance_class":"db.serverless","cluster_identifier":"db"}""";

    private static string Web(int tasks) => $$"""{"id":"arn:aws:ecs:eu-west-2:1:service/web","launch_type":"FARGATE","desired_count":{{tasks}},"task_definition":"arn:aws:ecs:eu-west-2:1:task-definition/t:1"}""";

    private static string Cluster(string minimum) => $$"""{"arn":"arn:aws:rds:eu-west-2:1:cluster:db","cluster_identifier":"db","serverlessv2_scaling_configuration":[{"min_capacity":{{minimum}},"max_capacity":1}]}""";

    private static SavingsBook Book(ParkPeriod period) => SavingsBook.Of([period], PriceList.Shipped, Noon.AddYears(-1), Noon.AddYears(1));
}
