using SkiaSharp;

namespace PSFineTune.Pictures;

/// <summary>A small alphabet of our own for machines without a font: printable ASCII and the ellipsis in 5 x 7 dots, any other character as a box.</summary>
sealed class DotLettering : Lettering
{
    const int Across = 5;
    const int Down = 7;

    // Seven rows of five dots, the top left one in the highest of 35 bits; from the space on, in the order of ASCII.
    static readonly ulong[] s_letters =
    [
        0x000000000, 0x108421004, 0x294A00000, 0x295F57D4A, 0x11F4717C4, 0x672222273, 0x32544564D, 0x108400000,
        0x088842082, 0x208210888, 0x009575480, 0x0084F9080, 0x000003088, 0x0000F8000, 0x00000018C, 0x042222210,
        0x3A33AE62E, 0x11842108E, 0x3A213221F, 0x3A213062E, 0x08CA97C42, 0x7E1E0862E, 0x1910F462E, 0x7C2222108,
        0x3A317462E, 0x3A317844C, 0x018C03180, 0x018C03088, 0x088882082, 0x001F07C00, 0x208208888, 0x3A2131004,
        0x3A37ADE0F, 0x3A31FC631, 0x7A31F463E, 0x3A308422E, 0x72518C65C, 0x7E10F421F, 0x7E10F4210, 0x3A30BC62F,
        0x4631FC631, 0x38842108E, 0x1C4210A4C, 0x4654C5251, 0x42108421F, 0x4775AC631, 0x4739ACE71, 0x3A318C62E,
        0x7A31F4210, 0x3A318D64D, 0x7A31F5251, 0x3E107043E, 0x7C8421084, 0x46318C62E, 0x46318A944, 0x4631AD771,
        0x462A22A31, 0x462A21084, 0x7C222221F, 0x39084210E, 0x420820821, 0x38421084E, 0x115100000, 0x00000001F,
        0x208000000, 0x000E0BE2F, 0x421E8C63E, 0x000F8420F, 0x042F8C62F, 0x000E8FE0E, 0x191E42108, 0x01F18BC2E,
        0x421E8C631, 0x100C2108E, 0x080610A4C, 0x4212A6292, 0x30842108E, 0x001AAD6B5, 0x001E8C631, 0x000E8C62E,
        0x03D18FA10, 0x01F18BC21, 0x0016CC210, 0x000F8383E, 0x211E42106, 0x00118C62F, 0x00118C544, 0x0011AD6AA,
        0x001151151, 0x02318BC2E, 0x001F1111F, 0x0C8441083, 0x108421084, 0x608411098, 0x0008A8800,
    ];

    const ulong Box = 0x7E318C63F;
    const ulong Dots = 0x000000015;

    // Letters are seven tenths of an em high, so that both letterings look alike at one size.
    static float Dot(float size) => Math.Max(1, MathF.Round(size / 10));

    /// <summary>Between two letters, pixels.</summary>
    public static float Gap(float size) => Dot(size);

    readonly SortedSet<string> _missing = new(StringComparer.Ordinal);

    public override IReadOnlyCollection<string> Missing => _missing;

    public override float Width(string text, float size) => Math.Max(0, text.EnumerateRunes().Count() * (Across + 1) - 1) * Dot(size);

    public override void Draw(SKCanvas canvas, string text, float left, float baseline, float size, SKColor color)
    {
        var dot = Dot(size);
        using var ink = new SKPaint { Color = color };
        (left, baseline) = (MathF.Round(left), MathF.Round(baseline));
        foreach (var rune in text.EnumerateRunes())
        {
            var letter = Letter(rune.Value);
            if (letter == Box) _missing.Add(rune.ToString());
            for (var bit = 0; bit < Across * Down; bit++)
                if ((letter >> (Across * Down - 1 - bit) & 1) != 0)
                    canvas.DrawRect(left + bit % Across * dot, baseline - (Down - bit / Across) * dot, dot, dot, ink);
            left += (Across + 1) * dot;
        }
    }

    static ulong Letter(int rune) => rune switch
    {
        >= ' ' and <= '~' => s_letters[rune - ' '],
        '…' => Dots,
        _ => Box,
    };
}
