using System.Globalization;
using System.Text;
using PSFineTune.Attributions;
using PSFineTune.Imaging;
using SkiaSharp;

namespace PSFineTune.Pictures;

/// <summary>A grid as text for terminals that know colours but no pictures: each character is two pixels, the upper as its ink, the lower as its ground.</summary>
/// <param name="across">Cells a row has.</param>
/// <param name="columns">Characters a line of the terminal has.</param>
sealed class HalfBlocks(int across, int columns)
{
    const string Reset = "\u001b[0m";
    const int Gap = 1;
    const int Least = 4;
    const int CaptionLines = 5;

    readonly StringBuilder _text = new();
    readonly List<(IReadOnlyList<string> Caption, bool? Right, string[] Lines)> _row = [];

    // A cell's picture: as many characters wide as there is room, and as many pixels high.
    int Side => Math.Max(Least, columns / across - Gap) & ~1;

    /// <param name="picture">Null leaves the cell empty.</param>
    /// <param name="caption">Null for none.</param>
    /// <param name="right">Whether the model is right, which colours the caption.</param>
    /// <param name="words">A text in place of a picture; null for none.</param>
    public void Add(Picture? picture, string? caption, bool? right, Attribution? words = null)
    {
        var text = string.Concat((caption ?? "").Where(letter => letter == '\n' || !char.IsControl(letter)));
        _row.Add((text.Length > 0 ? TextFit.Lines(text, Places, Side, CaptionLines) : [], right, picture is not null ? Drawn(picture) : words is null ? [] : Written(words)));
        if (_row.Count == across) Flush();
    }

    public override string ToString()
    {
        if (_row.Count > 0) Flush();
        return _text.ToString();
    }

    void Flush()
    {
        // The last line of a caption stands on its picture.
        for (var line = _row.Max(cell => cell.Caption.Count); line > 0; line--)
            _text.Append(string.Join(' ', _row.Select(cell => Centred(line <= cell.Caption.Count ? cell.Caption[^line] : "", cell.Right))).TrimEnd()).Append('\n');
        for (var line = 0; line < Side / 2; line++)
            _text.Append(string.Join(' ', _row.Select(cell => line < cell.Lines.Length ? cell.Lines[line] : new string(' ', Side))).TrimEnd()).Append('\n');
        _row.Clear();
    }

    string[] Drawn(Picture picture)
    {
        var scale = Side / (double)Math.Max(picture.Width, picture.Height);
        var (width, height) = (Math.Clamp((int)Math.Round(picture.Width * scale), 1, Side), Math.Clamp((int)Math.Round(picture.Height * scale), 1, Side));
        using var small = GridRenderer.Resized(picture, width, height);
        var left = new string(' ', (Side - width) / 2);
        var right = new string(' ', Side - width - left.Length);
        return [.. Enumerable.Range(0, (height + 1) / 2).Select(line => left + Line(small, 2 * line) + right)];
    }

    // As high as a picture would be. What controls a terminal is left out.
    string[] Written(Attribution words)
    {
        var pieces = WordColors.Pieces(words).Select(piece => piece with { Text = string.Concat(piece.Text.Where(letter => !char.IsControl(letter) || char.IsWhiteSpace(letter))) });
        return [.. TextFlow.Lines(pieces, Places, Side, Side / 2, out _).Select(line =>
        {
            var text = string.Concat(line.Pieces.Select(piece => piece.Color is var (red, green, blue)
                ? string.Create(CultureInfo.InvariantCulture, $"\u001b[38;2;0;0;0m\u001b[48;2;{red};{green};{blue}m{piece.Text}{Reset}") : piece.Text));
            var space = new string(' ', Math.Max(0, Side - line.Pieces.Sum(piece => (int)Places(piece.Text))));
            return line.FromRight ? space + text : text + space;
        })];
    }

    // Colours are said only where they change. Below the last row of an odd height is the terminal's own ground.
    static string Line(SKBitmap pixels, int y)
    {
        var line = new StringBuilder();
        (SKColor Upper, SKColor? Lower)? last = null;
        for (var x = 0; x < pixels.Width; x++)
        {
            (SKColor Upper, SKColor? Lower) now = (pixels.GetPixel(x, y), y + 1 < pixels.Height ? pixels.GetPixel(x, y + 1) : null);
            if (now.Upper != last?.Upper) line.Append(CultureInfo.InvariantCulture, $"\u001b[38;2;{now.Upper.Red};{now.Upper.Green};{now.Upper.Blue}m");
            if (now.Lower is { } lower && lower != last?.Lower) line.Append(CultureInfo.InvariantCulture, $"\u001b[48;2;{lower.Red};{lower.Green};{lower.Blue}m");
            line.Append('▀');
            last = now;
        }
        return line.Append(Reset).ToString();
    }

    string Centred(string text, bool? right)
    {
        var space = Side - (int)Places(text);
        var color = text.Length == 0 ? null : right switch { true => "\u001b[32m", false => "\u001b[31m", null => null };
        return $"{new string(' ', space / 2)}{color}{text}{(color is null ? "" : Reset)}{new string(' ', space - space / 2)}";
    }

    static float Places(string text)
    {
        var places = 0;
        for (var all = StringInfo.GetTextElementEnumerator(text); all.MoveNext();)
        {
            // Half of a pair, as a text that was cut may end with, is a place of its own.
            Rune.DecodeFromUtf16(all.GetTextElement(), out var first, out _);
            places += IsWide(first.Value) ? 2 : 1;
        }
        return places;
    }

    // East Asian characters and emoji take two places of a terminal.
    static bool IsWide(int character) => character is >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3
        or >= 0xF900 and <= 0xFAFF or >= 0xFE30 and <= 0xFE6F or >= 0xFF00 and <= 0xFF60 or >= 0x1F300 and <= 0x1FAFF or >= 0x20000 and <= 0x3FFFD;
}
