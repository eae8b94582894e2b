using Signalbox.Delivery.Guard;
using Signalbox.Delivery.Parking;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments.Sections;

/// <summary>`parking.allow`: what parking may change, besides the built-in list.</summary>
internal static class ParkableSection
{
    private static readonly Rule StatefulType = new("SB3070", Severity.Error, "A stateful resource cannot be parked away");
    private static readonly Rule BadAttribute = new("SB3071", Severity.Error, "A word is not an attribute's name");

    private static readonly KnownKey Update = new("update", SectionShape.OfNames());

    public static SectionShape Shape { get; } = new([Update, new("remove"), new("create"), new("outputs")]);

    public static ParkableChanges Read(Setting setting)
    {
        if (setting.Open(Shape) is not { } section)
            return new ParkableChanges();
        return new ParkableChanges
        {
            Updates = section.Find(Update.Name) is { } updates ? Updates(updates) : [],
            Removed = section.Find("remove") is { } removed ? [.. removed.Items().Select(Removable).OfType<string>()] : [],
            Created = section.Find("create") is { } created ? [.. created.Items().Select(TerraformNames.ResourceType).OfType<string>().Select(type => new ParkableCreation(type))] : [],
            Outputs = section.Find("outputs") is { } outputs ? [.. outputs.Items().Select(TerraformNames.Identifier).OfType<string>()] : [],
        };
    }

    private static ValueList<ParkableUpdate> Updates(Setting setting)
    {
        var updates = new List<ParkableUpdate>();
        foreach (var type in setting.Open(SectionShape.OfNames())?.Settings ?? [])
        {
            TerraformNames.CheckIdentifier(type, type.NameSpan, type.Name);
            updates.AddRange(type.Items().Select(Attribute).OfType<string>().Select(attribute => new ParkableUpdate(type.Name, attribute)));
        }

        return [.. updates];
    }

    private static string? Attribute(Setting setting)
    {
        if (setting.Text() is not { } text)
            return null;
        if (text.Split('.').All(name => name.Length > 0 && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_')))
            return text;
        setting.Report(BadAttribute, $"{Culprit.Quote(text)} is not the way to an attribute", "write its name, inside blocks with dots and without indexes, as in `scaling_config.min_size`");
        return null;
    }

    private static string? Removable(Setting setting)
    {
        if (TerraformNames.ResourceType(setting) is not { } type)
            return null;
        if (!StatefulTypes.BuiltIn.Contains(type))
            return type;
        setting.Report(StatefulType, $"{Culprit.Quote(type)} holds what cannot be made again", "take it out: parking keeps everything stateful");
        return null;
    }
}
