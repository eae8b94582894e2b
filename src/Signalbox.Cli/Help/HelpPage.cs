using System.CommandLine;
using System.Text;

namespace Signalbox.Cli.Help;

/// <summary>A command's help: what it does, how to call it, three examples. It fits 40 lines of 100 columns; a test holds it.</summary>
internal static class HelpPage
{
    private const int WidestNames = 34;
    private const int MostCommandsWithRoom = 12;

    /// <param name="columns">Columns of the screen; lines are never longer than 100.</param>
    public static string Render(Command command, int columns)
    {
        var width = Math.Clamp(columns, 40, 100);
        var page = new StringBuilder();
        foreach (var line in Wrap.Lines(command.Description ?? "", width))
            page.Append(line).Append('\n');
        page.Append("\nUsage: ").Append(Usage(command)).Append('\n');

        Section(page, "Arguments", command.Arguments.Where(a => !a.Hidden).Select(a => (ValueName(a), a.Description ?? "")), width);
        var isTight = command.Subcommands.Count > MostCommandsWithRoom;
        foreach (var (index, group) in command.Subcommands.Where(c => !c.Hidden).GroupBy(c => c.Heading(), StringComparer.Ordinal).Index())
            Section(page, group.Key, group.GroupBy(c => c.Together() ?? c.Name, StringComparer.Ordinal).Select(Row), width, isTight, isTight && index > 0);
        Section(page, "Options", command.AllOptions().Select(option => (Names(option), option.Description ?? "")), width);

        if (command.Examples() is { Count: > 0 } examples)
        {
            page.Append("\nExamples:\n");
            foreach (var example in examples)
                page.Append("  ").Append(example).Append('\n');
        }

        return page.ToString();
    }

    private static void Section(StringBuilder page, string heading, IEnumerable<(string Names, string Meaning)> entries, int width, bool isBrief = false, bool isClose = false)
    {
        var rows = entries.ToList();
        if (rows.Count == 0)
            return;

        page.Append(isClose ? "" : "\n").Append(heading).Append(":\n");
        var column = Math.Min(rows.Max(row => row.Names.Length), WidestNames) + 4;
        foreach (var (names, meaning) in rows)
        {
            var lines = Wrap.Lines(isBrief ? Brief(meaning, width - column) : meaning, width - column);
            var first = names.Length + 4 <= column ? $"  {names}".PadRight(column) + lines[0] : $"  {names}";
            page.Append(first.TrimEnd()).Append('\n');
            foreach (var line in names.Length + 4 <= column ? lines.Skip(1) : lines)
                page.Append(' ', column).Append(line).Append('\n');
        }
    }

    private static string Usage(Command command)
    {
        var words = new List<string> { command.FullName() };
        if (command.Subcommands.Count > 0 && command.Arguments.Count == 0)
            words.Add(command is RootCommand ? "[COMMAND]" : "COMMAND");
        words.AddRange(command.Arguments.Where(a => !a.Hidden).Select(Placeholder));
        words.AddRange(command.AllOptions().Where(option => option.Required).Select(Names));
        words.Add("[options]");
        return string.Join(' ', words);
    }

    /// <summary>Commands that belong together share a row, with the arguments that all of them take.</summary>
    private static (string Names, string Meaning) Row(IEnumerable<Command> together)
    {
        var commands = together.ToList();
        if (commands is [var only])
            return (Signature(only), FirstSentence(only.Description ?? ""));
        var arguments = commands[0].Arguments.Where(argument => commands.TrueForAll(command => command.Arguments.Any(other => other.Name == argument.Name && other.Arity.Equals(argument.Arity))));
        return (string.Join(' ', arguments.Select(Placeholder).Prepend(string.Join('|', commands.Select(command => command.Name)))), commands[0].Together()!);
    }

    private static string Signature(Command command) =>
        string.Join(' ', command.Arguments.Where(a => !a.Hidden).Select(Placeholder).Prepend(command.Name));

    private static string Placeholder(Argument argument)
    {
        var name = ValueName(argument) + (argument.Arity.MaximumNumberOfValues > 1 ? "..." : "");
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    private static string ValueName(Argument argument) => (argument.HelpName ?? argument.Name).ToUpperInvariant();

    private static string Names(Option option)
    {
        var names = string.Join(", ", option.Aliases.Order(StringComparer.Ordinal).Append(option.Name));
        return option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool)
            ? names
            : $"{names} {(option.HelpName ?? option.Name.TrimStart('-')).ToUpperInvariant()}";
    }

    /// <summary>As much of a sentence as fits on one line and still is one.</summary>
    private static string Brief(string text, int room)
    {
        while (text.Length > room && BreakBefore(text) is > 0 and var end)
            text = text[..end];
        return text;
    }

    private static int BreakBefore(string text) =>
        ((string[])[", ", ": ", " that "]).Max(mark => text.LastIndexOf(mark, StringComparison.Ordinal));

    private static string FirstSentence(string text) =>
        text.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? text[..end] : text.TrimEnd('.');
}
