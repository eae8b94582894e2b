using System.CommandLine;
using System.Runtime.CompilerServices;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Help;

/// <summary>What a command's help says beyond what the parser knows. Each command carries its own.</summary>
internal static class HelpNotes
{
    private static readonly ConditionalWeakTable<Command, Notes> Kept = [];

    extension(Command command)
    {
        /// <summary>Three command lines to copy; a test counts them.</summary>
        public Command WithExamples(params ReadOnlySpan<string> lines)
        {
            var examples = ValueList.Create(lines);
            return command.Annotate(notes => notes with { Examples = examples });
        }

        /// <summary>The heading that the parent's help lists this command under.</summary>
        /// <param name="together">What it and its neighbours with the same words do: they share one line of that help.</param>
        public Command Under(string heading, string? together = null) => command.Annotate(notes => notes with { Heading = heading, Together = together });

        public ValueList<string> Examples() => command.NotesOrNone().Examples;

        public string? Together() => command.NotesOrNone().Together;

        public string Heading() => command.NotesOrNone().Heading;

        /// <summary>The words that call it, as in `signalbox plan show`.</summary>
        public string FullName() => command.Parents.OfType<Command>().FirstOrDefault() is { } parent
            ? $"{parent.FullName()} {command.Name}"
            : "signalbox"; // the root is named after the file that runs, which in tests is not ours

        /// <summary>Its own options, then the ones it inherits.</summary>
        public IEnumerable<Option> AllOptions()
        {
            var inherited = command.Parents.OfType<Command>().FirstOrDefault()?.AllOptions().Where(option => option.Recursive) ?? [];
            return command.Options.Concat(inherited).Where(option => !option.Hidden);
        }

        private Notes NotesOrNone() => Kept.TryGetValue(command, out var notes) ? notes : Notes.None;

        private Command Annotate(Func<Notes, Notes> change)
        {
            Kept.AddOrUpdate(command, change(command.NotesOrNone()));
            return command;
        }
    }

    private sealed record Notes(ValueList<string> Examples, string Heading)
    {
        public string? Together { get; init; }

        public static Notes None { get; } = new([], "Commands");
    }
}
