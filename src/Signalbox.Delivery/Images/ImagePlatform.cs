using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Images;

/// <summary>What an image runs on, as `linux/amd64`. Fargate runs these two and no others.</summary>
public sealed record ImagePlatform
{
    private ImagePlatform(string text) => Text = text;

    public static ImagePlatform Amd64 { get; } = new("linux/amd64");

    public static ValueList<ImagePlatform> All { get; } = [Amd64, new("linux/arm64")];

    public string Text { get; }

    public static ImagePlatform? Parse(string text) => All.FirstOrDefault(known => known.Text == text);

    public override string ToString() => Text;
}
