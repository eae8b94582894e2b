using System.Text;
using CsCheck;
using Signalbox.Delivery.Register;
using Xunit;

namespace Signalbox.Tests.Delivery.Register;

public sealed class CanonicalScannerTests
{
    [Fact]
    public void A_text_ends_where_a_look_at_one_byte_after_another_ends_it() =>
        Gen.String[Gen.OneOf(Gen.Char["abc é"], Gen.Char["\"\\\n"], Gen.Const('x'), Gen.Const('y'), Gen.Const('z')), 0, 150].Sample(
            text =>
            {
                var line = Encoding.UTF8.GetBytes($"\"{text}");
                var scanner = new CanonicalScanner(line);
                var isTaken = scanner.TakeText(out var taken);
                Assert.Equal(End(line), isTaken ? scanner.At : -1);
                Assert.Equal(isTaken ? line[1..(scanner.At - 1)] : [], taken.ToArray());
            },
            iter: 20_000);

    /// <summary>Just after the quote that ends the text which begins with the first byte; -1 when none does.</summary>
    private static int End(byte[] line)
    {
        for (var at = 1; at < line.Length; at++)
        {
            if (line[at] == '"')
                return at + 1;
            if (line[at] < 0x20 || (line[at] == '\\' && (++at == line.Length || line[at] is not ((byte)'"' or (byte)'\\'))))
                return -1;
        }

        return -1;
    }
}
