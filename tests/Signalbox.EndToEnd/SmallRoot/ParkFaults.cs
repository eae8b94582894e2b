using Xunit;

namespace Signalbox.EndToEnd.SmallRoot;

/// <summary>What parking is asked for and cannot do: each refusal says what, where and what next, and changes nothing.</summary>
public sealed class ParkFaults(SmallRepository repository) : IClassFixture<SmallRepository>
{
    [Theory]
    [InlineData("smal", "", "error[SB3017]", "small")]
    [InlineData("small", "      schedule:\n        zone: Europe/Londn\n        awake: { mon-fri: \"08:00-20:00\" }\n", "error[SB3072]", "Europe/London")]
    [InlineData("small", "      schedule:\n        zone: Europe/London\n        awake: { mon-fri: \"08:00-20:00\", wed: \"12:00-13:00\" }\n", "error[SB3075]", "signalbox.yml:8:47")]
    public async Task A_name_or_a_schedule_that_cannot_be_meant_is_refused(string environment, string schedule, string expected, string place)
    {
        await repository.Write("signalbox.yml", schedule.Length == 0 ? SmallRepository.PlainSettings : $"{SmallRepository.PlainSettings}    parking:\n{schedule}");

        foreach (var command in (string[][])[["park", environment], ["unpark", environment], ["park", "--if-due", environment]])
        {
            var ending = await repository.Signalbox(command);

            Assert.True(ending.Code is 1, ending.ToString());
            Assert.Contains(expected, ending.Conversation, StringComparison.Ordinal);
            Assert.Contains(place, ending.Conversation, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_root_module_without_the_variable_cannot_be_parked()
    {
        await repository.Write("signalbox.yml", SmallRepository.PlainSettings);
        await repository.Write("root/main.tf", "resource \"terraform_data\" \"kept\" {}\n");

        var ending = await repository.Signalbox("park", "small");

        Assert.True(ending.Code is 1, ending.ToString());
        Assert.Contains("error[SB3360]", ending.Conversation, StringComparison.Ordinal);
        Assert.Contains("does not declare the variable `parked` and the output `parked`", ending.Conversation, StringComparison.Ordinal);
    }
}
