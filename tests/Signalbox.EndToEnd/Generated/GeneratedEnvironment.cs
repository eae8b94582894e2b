using System.Text;
using Signalbox.EndToEnd.SmallRoot;

namespace Signalbox.EndToEnd.Generated;

/// <summary>
/// A root module drawn from a seed: services, stateful things, things that cost by the hour, and things that parking has
/// nothing to do with. The same seed always draws the same.
/// </summary>
internal sealed class GeneratedEnvironment
{
    private const string Always = SmallRepository.StateInTheBucket + SmallRepository.ParkIntent + """
        terraform {
          required_providers {
            aws = { source = "hashicorp/aws" }
          }
        }
        provider "aws" { region = "eu-west-2" }
        resource "aws_vpc" "this" { cidr_block = "10.0.0.0/16" }
        resource "aws_subnet" "this" {
          count      = 2
          vpc_id     = aws_vpc.this.id
          cidr_block = cidrsubnet(aws_vpc.this.cidr_block, 8, count.index)
        }
        resource "aws_route_table" "this" { vpc_id = aws_vpc.this.id }
        resource "aws_ecs_cluster" "this" { name = "generated" }

        """;

    /// <summary>What must survive, each a resource without its header's last brace.</summary>
    private static readonly (string Type, string Body)[] Stateful =
    [
        ("aws_s3_bucket", "bucket = \"generated-NAME\""),
        ("aws_dynamodb_table", "name = \"NAME\"\n  billing_mode = \"PAY_PER_REQUEST\"\n  hash_key = \"id\"\n  attribute {\n    name = \"id\"\n    type = \"S\"\n  }"),
        ("aws_secretsmanager_secret", "name = \"generated/NAME\""),
        ("aws_kms_key", "description = \"NAME\""),
        ("aws_ecr_repository", "name = \"NAME\"\n  image_tag_mutability = \"IMMUTABLE\""),
        ("aws_cloudwatch_log_group", "name = \"/generated/NAME\"\n  retention_in_days = 30"),
        ("aws_ssm_parameter", "name = \"/generated/NAME\"\n  type = \"String\"\n  value = \"kept\""),
    ];

    private static readonly (string Type, string Body)[] Unconcerned =
    [
        ("aws_sqs_queue", "name = \"NAME\""),
        ("aws_sns_topic", "name = \"NAME\""),
        ("aws_iam_role", "name = \"NAME\"\n  assume_role_policy = jsonencode({ Version = \"2012-10-17\", Statement = [{ Effect = \"Allow\", Action = \"sts:AssumeRole\", Principal = { Service = \"ecs-tasks.amazonaws.com\" } }] })"),
        ("aws_security_group", "name = \"NAME\"\n  vpc_id = aws_vpc.this.id"),
    ];

    /// <summary>List prices of London per hour: Fargate vCPU and GB, NAT gateway, public address, endpoint in a zone.</summary>
    private static readonly (decimal Processor, decimal Memory, decimal Gateway, decimal Address, decimal Endpoint) Price = (0.04656m, 0.00511m, 0.05m, 0.005m, 0.011m);

    private readonly Random _random;
    private readonly StringBuilder _text = new(Always);
    private string _mistaken = "";
    private int _names;

    private GeneratedEnvironment(int seed) => _random = new Random(seed);

    public string Text => _text.ToString();

    /// <summary>The same with a stateful resource that the variable switches off, which nobody may ever apply.</summary>
    public string Mistaken => Text.Replace(_mistaken, $"{_mistaken}\n  count = var.parked ? 0 : 1", StringComparison.Ordinal);

    /// <summary>The address of that resource.</summary>
    public string MistakenAddress { get; private set; } = "";

    /// <summary>What it saves in an hour, in USD, by hand.</summary>
    public decimal AnHour { get; private set; }

    public static GeneratedEnvironment Of(int seed)
    {
        var made = new GeneratedEnvironment(seed);
        made.Services();
        made.StatefulParts();
        made.Network();
        for (var left = made._random.Next(3); left > 0; left--)
            made.Resource(Unconcerned[made._random.Next(Unconcerned.Length)]);
        return made;
    }

    private void Services()
    {
        for (var left = _random.Next(1, 4); left > 0; left--)
        {
            var (name, processor, count) = (Name(), 256 << _random.Next(3), _random.Next(1, 4));
            var memory = processor * (_random.Next(2) == 0 ? 2 : 4); // what Fargate sells for each of these
            _text.Append($$"""
                resource "aws_ecs_task_definition" "{{name}}" {
                  family                   = "{{name}}"
                  requires_compatibilities = ["FARGATE"]
                  network_mode             = "awsvpc"
                  cpu                      = {{processor}}
                  memory                   = {{memory}}
                  container_definitions    = jsonencode([{ name = "{{name}}", image = "registry.example/{{name}}:1.4.2", essential = true }])
                }
                resource "aws_ecs_service" "{{name}}" {
                  name            = "{{name}}"
                  cluster         = aws_ecs_cluster.this.arn
                  task_definition = aws_ecs_task_definition.{{name}}.arn
                  desired_count   = var.parked ? 0 : {{count}}
                  launch_type     = "FARGATE"
                  network_configuration { subnets = aws_subnet.this[*].id }
                }

                """);
            AnHour += count * ((processor / 1024m * Price.Processor) + (memory / 1024m * Price.Memory));
        }
    }

    private void StatefulParts()
    {
        var (type, body) = Stateful[_random.Next(Stateful.Length)];
        var first = Resource((type, body));
        _mistaken = $"resource \"{type}\" \"{first}\" {{";
        MistakenAddress = $"{type}.{first}";
        for (var left = _random.Next(4); left > 0; left--)
            Resource(Stateful[_random.Next(Stateful.Length)]);
    }

    private void Network()
    {
        if (_random.Next(2) == 0)
        {
            _text.Append("""
                resource "aws_internet_gateway" "this" { vpc_id = aws_vpc.this.id }
                resource "aws_eip" "this" {
                  count  = var.parked ? 0 : 1
                  domain = "vpc"
                }
                resource "aws_nat_gateway" "this" {
                  count         = var.parked ? 0 : 1
                  allocation_id = aws_eip.this[0].id
                  subnet_id     = aws_subnet.this[0].id
                  depends_on    = [aws_internet_gateway.this]
                }
                resource "aws_route" "this" {
                  count                  = var.parked ? 0 : 1
                  route_table_id         = aws_route_table.this.id
                  destination_cidr_block = "0.0.0.0/0"
                  nat_gateway_id         = aws_nat_gateway.this[0].id
                }

                """);
            AnHour += Price.Gateway + Price.Address;
        }

        foreach (var service in ((string[])["logs", "ecr.api", "secretsmanager"]).Take(_random.Next(4)))
        {
            _text.Append($$"""
                resource "aws_vpc_endpoint" "{{service.Replace('.', '_')}}" {
                  count             = var.parked ? 0 : 1
                  vpc_id            = aws_vpc.this.id
                  service_name      = "com.amazonaws.eu-west-2.{{service}}"
                  vpc_endpoint_type = "Interface"
                  subnet_ids        = aws_subnet.this[*].id
                }

                """);
            AnHour += 2 * Price.Endpoint;
        }
    }

    /// <returns>Its name.</returns>
    private string Resource((string Type, string Body) drawn)
    {
        var name = Name();
        _text.Append($"resource \"{drawn.Type}\" \"{name}\" {{\n  {drawn.Body.Replace("NAME", name, StringComparison.Ordinal)}\n}}\n");
        return name;
    }

    private string Name() => $"n{++_names}";
}
