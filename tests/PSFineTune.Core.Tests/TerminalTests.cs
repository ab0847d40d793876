using System.Text.RegularExpressions;
using PSFineTune.Imaging;
using PSFineTune.Pictures;
using SkiaSharp;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Pictures in terminals.</summary>
public partial class TerminalTests
{
    [Theory]
    [InlineData("", TerminalKind.None)]
    [InlineData("TERM=xterm-256color", TerminalKind.None)]
    [InlineData("TERM_PROGRAM=iTerm.app COLORTERM=truecolor", TerminalKind.ITerm)]
    [InlineData("TERM_PROGRAM=WezTerm", TerminalKind.ITerm)]
    [InlineData("KITTY_WINDOW_ID=1", TerminalKind.Kitty)]
    [InlineData("TERM=xterm-ghostty", TerminalKind.Kitty)]
    [InlineData("TERM=foot", TerminalKind.Sixel)]
    [InlineData("COLORTERM=truecolor", TerminalKind.HalfBlocks)]
    [InlineData("WT_SESSION=a", TerminalKind.HalfBlocks)]
    [InlineData("KITTY_WINDOW_ID=1 TMUX=/tmp/x TERM=tmux-256color", TerminalKind.HalfBlocks)]
    [InlineData("KITTY_WINDOW_ID=1 PSFINETUNE_TERMINAL=sixel", TerminalKind.Sixel)]
    [InlineData("KITTY_WINDOW_ID=1 PSFINETUNE_TERMINAL=None", TerminalKind.None)]
    [InlineData("KITTY_WINDOW_ID=1 PSFINETUNE_TERMINAL=auto", TerminalKind.Kitty)]
    public void The_environment_tells_the_kind(string variables, TerminalKind kind)
    {
        var set = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.Equal(kind, TerminalKinds.Of(TerminalKind.Auto, set.GetValueOrDefault));
        Assert.Equal(TerminalKind.ITerm, TerminalKinds.Of(TerminalKind.ITerm, set.GetValueOrDefault));
    }

    [Fact]
    public void A_kind_that_there_is_not_names_the_nearest() =>
        Assert.Contains("Kitty", Assert.Throws<FineTuneException>(() => TerminalKinds.Of(TerminalKind.Auto, _ => "kity")).RecommendedAction);

    [Theory, InlineData(64, 48), InlineData(7, 13), InlineData(1, 1), InlineData(300, 6)]
    public void Sixels_decode_to_the_picture(int width, int height)
    {
        using var picture = new SKBitmap(width, height);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++) picture.SetPixel(x, y, new((byte)(255 * x / width), (byte)(255 * y / height), (byte)(x / 8 % 2 * 200)));
        var decoded = Decoded(Sixel.Encode(picture), width, height);
        Assert.DoesNotContain(decoded, pixel => pixel is null);
        Assert.InRange(picture.Pixels.Zip(decoded, (one, other) => Math.Abs(one.Red - other!.Value.Red) + Math.Abs(one.Green - other.Value.Green) + Math.Abs(one.Blue - other.Value.Blue)).Average() / 3, 0, 6);
    }

    [Fact]
    public void Sixels_keep_few_colours_as_they_are_and_a_wide_picture_is_made_to_fit()
    {
        using var picture = new SKBitmap(20, 20);
        picture.Erase(SKColors.Red);
        picture.SetPixel(3, 4, SKColors.Lime);
        var decoded = Decoded(Sixel.Encode(picture), 20, 20);
        Assert.Equal(picture.Pixels, decoded.Select(pixel => pixel!.Value));
        using var wide = AugmentLawTests.Noise(200, 50, 1);
        Assert.Contains("\"1;1;100;25", Sixel.Encode(ImageWriter.Encode(wide, ImageFormat.Png), 100));
    }

    /// <summary>A decoder of its own: raster attributes, palette, repeats, bands.</summary>
    static SKColor?[] Decoded(string text, int width, int height)
    {
        var head = Head().Match(text);
        Assert.Equal(($"{width}", $"{height}"), (head.Groups[1].Value, head.Groups[2].Value));
        Assert.EndsWith("\u001b\\", text);
        var pixels = new SKColor?[width * height];
        var palette = new Dictionary<int, SKColor>();
        var (x, top, color) = (0, 0, default(SKColor));
        foreach (Match part in Parts().Matches(text[head.Length..^2]))
            switch (part.Value[0])
            {
                case '#' when part.Groups["r"].Success:
                    byte Level(string name) => (byte)Math.Round(int.Parse(part.Groups[name].Value) * 255 / 100.0);
                    palette[int.Parse(part.Groups["c"].Value)] = new(Level("r"), Level("g"), Level("b"));
                    break;
                case '#':
                    color = palette[int.Parse(part.Groups["c"].Value)];
                    break;
                case '$':
                    x = 0;
                    break;
                case '-':
                    (x, top) = (0, top + 6);
                    break;
                default:
                    for (var times = part.Groups["n"].Success ? int.Parse(part.Groups["n"].Value) : 1; times > 0; times--, x++)
                        for (var bit = 0; bit < 6; bit++)
                            if (((part.Groups["s"].Value[0] - '?') >> bit & 1) != 0) pixels[(top + bit) * width + x] = color;
                    break;
            }
        return pixels;
    }

    [Fact]
    public void Blocks_hold_two_pixels_a_character_and_fit_the_terminal()
    {
        using var picture = new Picture(2, 4);
        for (var i = 0; i < 8; i++) picture.Pixels.Slice(3 * i, 3).Fill((byte)(i < 4 ? 255 : 0));
        var blocks = new HalfBlocks(across: 2, columns: 20);
        blocks.Add(picture, "a long caption", true);
        blocks.Add(null, "帽子帽子帽子", false);
        blocks.Add(picture, null, null);
        var lines = blocks.ToString().Split('\n', StringSplitOptions.None);
        var plain = lines.Select(line => Escapes().Replace(line, "")).ToArray();
        Assert.Equal(" a long", plain[0]);
        Assert.Equal("caption  帽子帽", plain[1].Replace("…", "", StringComparison.Ordinal));
        Assert.Contains("\u001b[32ma long\u001b[0m", lines[0]);
        Assert.Contains("\u001b[31m帽子帽…\u001b[0m", lines[1]);
        lines = lines[1..];
        plain = plain[1..];
        Assert.Equal("  ▀▀▀▀", plain[1]);
        Assert.All(plain, line => Assert.InRange(line.Length, 0, 20));
        Assert.Equal(1 + 4 + 4 + 1, lines.Length);
        Assert.Contains("\u001b[38;2;255;255;255m\u001b[48;2;255;255;255m", lines[1]);
        Assert.Contains("\u001b[38;2;0;0;0m\u001b[48;2;0;0;0m", lines[4]);
        Assert.All(lines.Where(line => line.Contains('▀')), line => Assert.EndsWith("\u001b[0m", line.TrimEnd()));
    }

    [GeneratedRegex("^\u001bP[0-9;]*q\"1;1;([0-9]+);([0-9]+)")]
    private static partial Regex Head();

    [GeneratedRegex("#(?<c>[0-9]+)(;2;(?<r>[0-9]+);(?<g>[0-9]+);(?<b>[0-9]+))?|!(?<n>[0-9]+)(?<s>[?-~])|(?<s>[?-~])|[$-]")]
    private static partial Regex Parts();

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Escapes();
}
