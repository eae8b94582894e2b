using System.CommandLine;
using Signalbox.Cli.Help;

namespace Signalbox.Cli.Images;

/// <summary>`signalbox image`: what runs, built, published, found, pinned and proved.</summary>
internal static class ImageCommand
{
    public static Command Create(Invocation invocation) =>
        new Command("image", "Build and publish images, find the right one, pin it, and prove what is pinned.")
        {
            ImageList.Create(invocation),
            ImageLatest.Create(invocation),
            ImagePublish.CreateBuild(invocation),
            ImagePublish.Create(invocation),
            ImagePin.Create(invocation),
            ImageCheck.Create(invocation),
        }.WithExamples(
            "signalbox image publish prefect-base --next",
            "signalbox image pin prefect-deployer --latest",
            "signalbox image check prod");
}
