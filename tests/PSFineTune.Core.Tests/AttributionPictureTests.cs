using PSFineTune.Attributions;
using PSFineTune.Imaging;
using PSFineTune.Pictures;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>How attributions are shown.</summary>
public sealed class AttributionPictureTests : IDisposable
{
    readonly TempFolder _folder = new();

    [Fact]
    public void Hotter_is_lighter_in_even_steps()
    {
        var lightness = Enumerable.Range(0, 101).Select(percent => Lightness(HeatColors.Of(percent / 100.0))).ToList();
        var steps = lightness.Zip(lightness.Skip(1), (one, next) => next - one).ToList();
        // Eight bits a channel round a step by a third at most.
        Assert.All(steps, step => Assert.InRange(step, 0.002, 0.010));
        Assert.Equal(0.32, lightness[0], 0.01);
        Assert.Equal(0.92, lightness[^1], 0.01);
    }

    [Fact]
    public void Heat_is_where_the_map_says_and_what_was_not_shown_is_dimmed()
    {
        using var picture = new Picture(100, 50);
        picture.Pixels.Fill(100);
        AttributionPicture.Lay(picture, new() { Width = 2, Height = 2, Values = [0, 0, 0, 1], Left = 0.25, Right = 0.75 });
        Assert.Equal([40, 40, 40], Pixel(picture, 24, 25));
        Assert.Equal([40, 40, 40], Pixel(picture, 75, 25));
        Assert.Equal([100, 100, 100], Pixel(picture, 25, 0));
        Assert.Equal([100, 100, 100], Pixel(picture, 74, 0));
        var (red, green, blue) = HeatColors.Of(1);
        Assert.Equal([(byte)Math.Round(30 + 0.7 * red), (byte)Math.Round(30 + 0.7 * green), (byte)Math.Round(30 + 0.7 * blue)], Pixel(picture, 74, 49));
    }

    [Fact]
    public void Between_the_middles_of_fields_it_is_linear()
    {
        var heat = new HeatMap { Width = 2, Height = 2, Values = [0, 1, 0.5f, 0.25f] };
        Assert.Equal(0, AttributionPicture.Value(heat, 0, 0));
        Assert.Equal(0.5, AttributionPicture.Value(heat, 0.5, 0.1), 1e-9);
        Assert.Equal(0.4375, AttributionPicture.Value(heat, 0.5, 0.5), 1e-9);
        Assert.Equal(0.25, AttributionPicture.Value(heat, 1, 1));
    }

    [Theory, InlineData(80, 40, 60, 60, 30), InlineData(40, 80, 60, 30, 60), InlineData(40, 80, 200, 40, 80)]
    public void A_picture_has_the_side_that_was_asked_for_at_most(int width, int height, int side, int wide, int high)
    {
        Pictures.Write(_folder["a.png"], 1, width: width, height: height);
        using var picture = AttributionPicture.Of(new() { Path = _folder["a.png"], Heat = new() { Width = 1, Height = 1, Values = [1] } }, side);
        Assert.Equal((wide, high), (picture.Width, picture.Height));
    }

    [Fact]
    public void Words_in_a_page_are_escaped_and_keep_every_character()
    {
        const string Text = "a <b>&\"x\"\n  mean é 🙂 end";
        var page = AttributionText.Html(new()
        {
            Text = Text, Words = [new() { Word = "<b>", From = 2, Weight = 0.5 }, new() { Word = "mean", From = 12, Weight = -1 }, new() { Word = "end", From = 22, Weight = 0 }],
        });
        Assert.StartsWith("""a <span title="+0.5" style="background:#b7d4ff">&lt;b&gt;</span>&amp;&quot;x&quot;""" + "\n  " + """<span title="-1" style="background:#ff9e4a">mean</span> """, page);
        Assert.EndsWith("""<span title="0">end</span>""", page);
        Assert.Equal(Text, System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(page, "<[^>]*>", "")));
    }

    [Fact]
    public void Black_is_read_on_every_ground()
    {
        foreach (var weight in Enumerable.Range(-10, 21))
            foreach (var piece in WordColors.Pieces(new() { Text = "a b", Words = [new() { Word = "a", Weight = weight }, new() { Word = "b", From = 2, Weight = 10 }] }))
                if (piece.Color is { } color) Assert.True((Luminance(color) + 0.05) / 0.05 >= 7, $"{weight}: {color}");
    }

    [Fact]
    public void A_long_text_is_broken_between_words_and_ends_in_an_ellipsis()
    {
        var pieces = WordColors.Pieces(new() { Text = "one two  three\nfour five", Words = [new() { Word = "two", From = 4, Weight = 1 }] }).ToList();
        var lines = TextFlow.Lines(pieces, text => text.Length, 8, 2, out var all);
        Assert.False(all);
        Assert.Equal(["one two ", "three…"], lines.Select(line => string.Concat(line.Pieces.Select(piece => piece.Text))));
        lines = TextFlow.Lines(pieces, text => text.Length, 10, 3, out all);
        Assert.True(all);
        Assert.Equal(["one two ", "three four", "five"], lines.Select(line => string.Concat(line.Pieces.Select(piece => piece.Text))));
        Assert.Equal("two", Assert.Single(lines.SelectMany(line => line.Pieces), piece => piece.Color is not null).Text);
        Assert.Equal(["abcd", "efgh", "i"], TextFlow.Lines([new("abcdefghi", null, null)], text => text.Length, 4, 9, out _).Select(line => string.Concat(line.Pieces.Select(piece => piece.Text))));
        Assert.Equal(["训练分类", "器"], TextFlow.Lines([new("训练分类器", null, null)], text => text.Length, 4, 9, out _).Select(line => string.Concat(line.Pieces.Select(piece => piece.Text))));
        Assert.Empty(TextFlow.Lines([], text => text.Length, 4, 9, out all));
    }

    [Fact]
    public void Words_that_run_from_right_to_left_are_seen_in_that_order()
    {
        string[] Seen(string text) => [.. TextFlow.Lines([new(text, null, null)], part => part.Length, 80, 1, out _).Single().Pieces.Select(piece => piece.Text).Where(part => part != " ")];
        Assert.Equal(["עולם", "abc", "שלום"], Seen("שלום abc עולם"));
        Assert.Equal(["abc", "עולם", "שלום", "def"], Seen("abc שלום עולם def"));
        Assert.True(TextFlow.Lines([new("שלום", null, null)], part => part.Length, 80, 1, out _).Single().FromRight);
    }

    [Fact]
    public void A_text_is_drawn_on_the_grounds_of_its_words()
    {
        using var picture = AttributionPicture.Of(new() { Text = "word", Words = [new() { Word = "word", Weight = 1 }] }, 100);
        Assert.Equal((100, 100), (picture.Width, picture.Height));
        var pixels = picture.Pixels.ToArray().Chunk(3).ToList();
        Assert.Contains(pixels, pixel => pixel is [0x6F, 0xA8, 0xFF]);
        Assert.Contains(pixels, pixel => pixel is [< 60, < 60, < 60]);
        Assert.Contains(pixels, pixel => pixel is [255, 255, 255]);
    }

    public void Dispose() => _folder.Dispose();

    static byte[] Pixel(Picture picture, int x, int y) => picture.Row(y).Slice(3 * x, 3).ToArray();

    // WCAG 2's relative luminance.
    static double Luminance((byte Red, byte Green, byte Blue) color) => 0.2126 * Linear(color.Red) + 0.7152 * Linear(color.Green) + 0.0722 * Linear(color.Blue);

    static double Linear(byte level) => level / 255.0 <= 0.04045 ? level / 255.0 / 12.92 : Math.Pow((level / 255.0 + 0.055) / 1.055, 2.4);

    // Lightness in Oklab.
    static double Lightness((byte Red, byte Green, byte Blue) color)
    {
        var (r, g, b) = (Linear(color.Red), Linear(color.Green), Linear(color.Blue));
        return 0.2104542553 * Math.Cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
            + 0.7936177850 * Math.Cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
            - 0.0040720468 * Math.Cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    }
}
