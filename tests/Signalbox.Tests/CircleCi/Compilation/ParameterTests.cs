using Xunit;

namespace Signalbox.Tests.CircleCi.Compilation;

public sealed class ParameterTests
{
    [Theory]
    [InlineData("string", "\"1.10\"", "1.10")]
    [InlineData("string", "\"\"", "")]
    [InlineData("boolean", "yes", "true")]
    [InlineData("integer", "42", "42")]
    [InlineData("enum\n        enum: [a, b]", "b", "b")]
    [InlineData("env_var_name", "API_KEY", "API_KEY")]
    public async Task A_value_of_its_type_is_taken(string type, string value, string text) =>
        Assert.Equal($"echo {text}!", (await Compiled.Of(Greeting(type, value))).Text("jobs|build|steps|0|run|command"));

    [Theory]
    [InlineData("string", "1.10", "Type error for argument p: expected type: string, actual value: '1.10' (type float)")]
    [InlineData("string", "true", "Type error for argument p: expected type: string, actual value: 'true' (type boolean)")]
    [InlineData("boolean", "\"true\"", "Type error for argument p: expected type: boolean, actual value: \"true\" (type string)")]
    [InlineData("integer", "\"x\"", "Type error for argument p: expected type: integer, actual value: \"x\" (type string)")]
    [InlineData("integer", "1.5", "Type error for argument p: expected type: integer, actual value: '1.5' (type float)")]
    [InlineData("enum\n        enum: [a, b]", "c", "Type error for argument p: expected type: enum (\"a\", \"b\"), actual value: \"c\" (type string)")]
    [InlineData("env_var_name", "2x", "Type error for argument p: expected type: env_var_name, actual value: \"2x\" (type string)")]
    [InlineData("steps", "checkout", "Type error for argument p: expected type: steps, actual value: \"checkout\" (type string)")]
    public async Task A_value_of_another_type_is_refused_where_it_stands(string type, string value, string message)
    {
        var problem = (await Compiled.Try(Greeting(type, value))).Diagnostics.Single(found => found.Rule.Code == "SB1034");

        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
        Assert.Equal(value, problem.Location!.Source.Text.Substring(problem.Location.Span.Start, problem.Location.Span.Length));
    }

    [Theory]
    [InlineData("type: boolean, default: \"on\"", "Parameter error: default value of parameter 'p' is 'on' (type string): expected type boolean")]
    [InlineData("type: string, default: false", "Parameter error: default value of parameter 'p' is 'false' (type boolean): expected type string")]
    [InlineData("type: enum, enum: [a], default: b", "Parameter error: default value of parameter 'p' is 'b' (type string): expected type enum (\"a\")")]
    [InlineData("type: strng", "`strng` is not a type of a parameter")]
    [InlineData("type: string, defualt: x", "`defualt` is not a key of a parameter")]
    [InlineData("type: enum", "enum parameter `p` needs a list `enum` of its values")]
    public async Task A_wrong_declaration_is_refused(string declaration, string message) =>
        Assert.Contains(message, await Compiled.Messages($$$$"""
            version: 2.1
            commands: {greet: {parameters: {p: { {{{{declaration}}}} }}, steps: [{run: echo << parameters.p >>}]}}
            jobs: {build: {docker: [{image: x}], steps: [greet]}}
            """), StringComparison.Ordinal);

    [Fact]
    public async Task What_is_missing_and_what_is_too_much_is_said_with_who_called()
    {
        var messages = await Compiled.Messages("""
            version: 2.1
            commands: {greet: {parameters: {a: {type: string}, b: {type: string}}, steps: [{run: echo << parameters.a >> << parameters.b >>}]}}
            jobs: {build: {docker: [{image: x}], steps: [{greet: {c: d}}]}}
            """);

        Assert.Contains("Missing required argument(s): a, b (calling workflow 'workflow', job 'build', command 'greet')", messages, StringComparison.Ordinal);
        Assert.Contains("Unexpected argument(s): c (calling workflow 'workflow', job 'build', command 'greet')", messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parameter_is_seen_only_by_the_element_that_declares_it()
    {
        const string config = """
            version: 2.1
            commands:
              inner:
                parameters: {build: {type: string, default: inner}}
                steps: [{run: echo << parameters.build >>}]
            jobs:
              build:
                parameters: {build: {type: string, default: job}}
                docker: [{image: x}]
                steps: [inner, {inner: {build: given}}, {run: echo << parameters.build >>}]
            """;
        var compiled = await Compiled.Of(config);

        Assert.Equal(["echo inner", "echo given", "echo job"], [.. Enumerable.Range(0, 3).Select(step => compiled.Text($"jobs|build|steps|{step}|run|command"))]);
        Assert.Contains("Arguments referenced without declared parameters: parameters.secret", await Compiled.Messages(config.Replace("echo << parameters.build >>}]\njobs", "echo << parameters.secret >>}]\njobs")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Steps_mean_what_they_mean_where_they_were_written()
    {
        var compiled = await Compiled.Of("""
            version: 2.1
            commands:
              around:
                parameters: {who: {type: string, default: inside}, body: {type: steps, default: []}}
                steps:
                  - run: before << parameters.who >>
                  - steps: << parameters.body >>
                  - when: {condition: << parameters.body >>, steps: [{run: had a body}]}
              twice:
                parameters: {body: {type: steps}}
                steps: [{around: {body: << parameters.body >>}}, around]
            jobs:
              build:
                parameters: {who: {type: string, default: outside}}
                docker: [{image: x}]
                steps: [{twice: {body: [{run: body << parameters.who >>}]}}]
            """);

        Compiled.Same("[{run: {command: before inside}}, {run: {command: body outside}}, {run: {command: had a body}}, {run: {command: before inside}}]", compiled.At("jobs|build|steps"));
    }

    [Fact]
    public async Task Pipeline_parameters_have_defaults_and_take_values_of_their_type()
    {
        const string config = """
            version: 2.1
            parameters: {deploy: {type: boolean, default: false}, count: {type: integer, default: 1}, "odd..name": {type: string, default: plain}}
            jobs: {build: {docker: [{image: x}], parallelism: << pipeline.parameters.count >>, steps: [{run: "echo << pipeline.parameters.deploy >> << pipeline.parameters.odd..name >>"}]}}
            """;

        Assert.Equal("echo false plain", (await Compiled.Of(config)).Text("jobs|build|steps|0|run|command"));
        var given = await Compiled.Of(config, ("deploy", "true"), ("count", "4"));
        Assert.Equal("echo true plain", given.Text("jobs|build|steps|0|run|command"));
        Compiled.Same("4", given.At("jobs|build|parallelism"));
        Assert.Equal("SB1035", await Compiled.Errors(config, ("deplyo", "true")));
        Assert.Equal("SB1038", await Compiled.Errors(config, ("deploy", "maybe")));
        Assert.Contains("SB1030", await Compiled.Errors(config.Replace("default: 1", "description: none")), StringComparison.Ordinal);
    }

    private static string Greeting(string type, string value) => $$$$"""
        version: 2.1
        commands:
          greet:
            parameters:
              p:
                type: {{{{type}}}}
            steps: [{run: "echo << parameters.p >>!"}]
        jobs:
          build:
            docker: [{image: x}]
            steps:
              - greet:
                  p: {{{{value}}}}
        """;
}
