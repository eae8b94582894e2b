namespace Signalbox.Cli;

/// <summary>The colours there are, each the number of its escape code. A colour repeats what the words say.</summary>
internal enum Colour
{
    Bold = 1,
    Dim = 2,
    Red = 31,
    Green = 32,
    Yellow = 33,
    Blue = 34,
}
