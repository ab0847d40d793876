using System.Globalization;
using SkiaSharp;

namespace PSFineTune.Pictures;

/// <summary>Colours that those who see no red or green tell apart (Okabe and Ito), dark enough on white.</summary>
static class CurveColors
{
    static readonly uint[] s_colors = [0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xB8860B, 0x56B4E9, 0x4B4B4B];

    // The nearest of the 16 that every terminal has, in its own shades.
    static readonly int[] s_terminal = [94, 33, 32, 95, 93, 96, 90];

    public static string Web(int place) => string.Create(CultureInfo.InvariantCulture, $"#{s_colors[place % s_colors.Length]:x6}");

    public static SKColor Ink(int place) => new(0xFF000000 | s_colors[place % s_colors.Length]);

    public static string Terminal(int place) => string.Create(CultureInfo.InvariantCulture, $"\u001b[{s_terminal[place % s_terminal.Length]}m");
}
