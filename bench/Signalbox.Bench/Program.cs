using Signalbox.Bench;

#pragma warning disable RS0030 // a benchmark talks to its console
var (output, error) = (Console.Out, Console.Error);
#pragma warning restore RS0030

switch (args)
{
    case ["plan-summary", var plan, var form]:
        return await PlanSummary.Run(plan, form, output, error);
    case ["masked-output", var secrets, var log, var command]:
        return await MaskedOutput.Run(secrets, log, command);
    case ["trivial-jobs", var count, var folder]:
        return await TrivialJobs.Run(int.Parse(count), folder, output);
    case ["bare-server"]:
        return await BareServer.Run(output);
    case ["register", var step, var folder, var count]:
        return await RegisterSpeed.Run(step, folder, int.Parse(count), output);
    case ["parked-years", var folder, var years]:
        return await ParkedYears.Run(folder, int.Parse(years), output);
    default:
        await error.WriteLineAsync("usage: Signalbox.Bench plan-summary PLAN.json text|markdown|json|sarif | bare-server | masked-output SECRETS LOG COMMAND | trivial-jobs COUNT FOLDER | register append|fill|verify FOLDER COUNT | parked-years FOLDER YEARS");
        return 2;
}
