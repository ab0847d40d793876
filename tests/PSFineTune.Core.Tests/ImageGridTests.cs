using System.Text.RegularExpressions;
using PSFineTune.Augment;
using PSFineTune.Imaging;
using PSFineTune.Pictures;
using SkiaSharp;
using Xunit;

namespace PSFineTune.Tests;

public sealed class ImageGridTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static readonly AugmentPipeline s_mirror = new() { Ops = [new RandomHorizontalFlip { P = 1 }] };

    /// <summary>A file of one colour, or red left and the colour right.</summary>
    string Painted(string name, int width, int height, SKColor color, bool leftIsRed = false)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(color);
        for (var i = 0; leftIsRed && i < width * height / 2; i++) bitmap.SetPixel(i % (width / 2), i / (width / 2), SKColors.Red);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        File.WriteAllBytes(_folder[name], data.ToArray());
        return _folder[name];
    }

    static GridDrawing Drawing(ImageGrid grid, IReadOnlyList<GridCell> cells) => new(grid, cells, new GridSource(s_mirror, 32, 1, null).Open);

    SKBitmap Saved(string name, ImageGrid grid, params GridCell[] cells)
    {
        Drawing(grid, cells).Save(_folder[name]);
        return SKBitmap.Decode(_folder[name]);
    }

    static int Dark(SKBitmap bitmap) => bitmap.Pixels.Count(pixel => pixel.Red + pixel.Green + pixel.Blue < 240);

    [Theory]
    [InlineData(8, 2, 8, 1.5, 2, 8)]
    [InlineData(1, null, null, 2.0, 1, 1)]
    [InlineData(7, null, null, 2.0, 3, 3)]
    [InlineData(8, null, 4, 1.0, 2, 4)]
    [InlineData(9, 2, null, 1.0, 2, 5)]
    public void Width_is_columns_times_scale_at_96_dots_an_inch(int count, int? rows, int? columns, double scale, int expectedRows, int expectedColumns)
    {
        var grid = ImageGrid.For(count, rows, columns, scale);
        Assert.Equal((expectedRows, expectedColumns), (grid.Rows, grid.Columns));
        Assert.Equal((96 * scale * expectedColumns, 96 * scale * expectedRows), (grid.Width, grid.Height));
    }

    [Fact]
    public void Cells_meet_without_gap_or_overlap_at_any_scale()
    {
        var grid = new ImageGrid { Rows = 3, Columns = 7, Scale = 1.237 };
        for (var index = 0; index < grid.Cells; index++)
        {
            var cell = grid.Cell(index);
            if (index % 7 > 0) Assert.Equal(grid.Cell(index - 1).Right, cell.Left);
            if (index >= 7) Assert.Equal(grid.Cell(index - 7).Bottom, cell.Top);
        }
        Assert.Equal((grid.Width, grid.Height), (grid.Cell(20).Right, grid.Cell(20).Bottom));
    }

    [Fact]
    public void A_picture_that_no_file_holds_is_a_fault() =>
        Assert.Equal("GridTooLarge", Assert.Throws<FineTuneException>(() => ImageGrid.For(1, 1000, 1000, 100)).Id);

    [Fact]
    public void Each_sample_stands_beside_its_augmented_picture_and_a_single_one_beside_as_many_as_fit()
    {
        GridItem[] items = [new("a"), new("b")];
        Assert.Equal(["a0", "b0"], Shown(GridCell.For(items, augmented: false, null, 6)));
        Assert.Equal(["a0", "a1", "b0", "b1"], Shown(GridCell.For(items, augmented: true, null, 6)));
        Assert.Equal(["a0", "a1", "a2", "a3", "a4", "a5"], Shown(GridCell.For(items[..1], augmented: true, null, 6)));
        Assert.Equal(8, GridCell.For(items[..1], augmented: true, null, null).Count);
        var rows = GridCell.For(items, augmented: true, 2, null);
        Assert.Equal(["a0", "a1", "a2", "b0", "b1", "b2"], Shown(rows));
        Assert.Equal(3, GridCell.RowLength(rows, 2));
        Assert.Null(GridCell.RowLength(rows, null));
    }

    static IEnumerable<string> Shown(IEnumerable<GridCell> cells) => cells.Select(cell => $"{cell.Item.Path}{cell.Version}");

    [Fact]
    public void Drawn_edits_follow_the_original_they_were_drawn_for()
    {
        GridItem Draw(string path, int epoch) => new(path) { Draw = new() { Path = path, Epoch = epoch } };
        var cells = GridCell.For([Draw("a", 1), Draw("a", 2), Draw("b", 1), Draw("b", 5)], augmented: false, null, null);
        Assert.Equal(["a0", "a1", "a2", "b0", "b1", "b5"], Shown(cells));
        Assert.Equal(3, GridCell.RowLength(cells, null));
        Assert.Equal(cells[1], cells[1].InRound(3, 2));
    }

    [Fact]
    public void A_wide_picture_keeps_its_shape_on_white_and_missing_ones_leave_cells_empty()
    {
        using var bitmap = Saved("x.png", new() { Rows = 1, Columns = 2, Scale = 1 }, new GridCell(new(Painted("wide.png", 80, 20, SKColors.Blue)), 0));
        Assert.Equal((192, 96), (bitmap.Width, bitmap.Height));
        Assert.Equal(SKColors.Blue, bitmap.GetPixel(48, 48));
        Assert.Equal(SKColors.White, bitmap.GetPixel(48, 20));
        Assert.Equal(4.0, bitmap.Pixels.Count(pixel => pixel == SKColors.Blue) / (double)(23 * 23), 0.5);
        Assert.All(Enumerable.Range(0, 96), y => Assert.Equal(SKColors.White, bitmap.GetPixel(144, y)));
    }

    [Fact]
    public void The_augmented_picture_is_the_one_that_training_sees()
    {
        var path = Painted("half.png", 32, 32, SKColors.Blue, leftIsRed: true);
        using var bitmap = Saved("x.png", new() { Rows = 1, Columns = 2, Scale = 1 }, [.. GridCell.For([new(path) { Captioned = false }], augmented: true, null, 2)]);
        Assert.Equal((SKColors.Red, SKColors.Blue), (bitmap.GetPixel(24, 48), bitmap.GetPixel(72, 48)));
        Assert.Equal((SKColors.Blue, SKColors.Red), (bitmap.GetPixel(120, 48), bitmap.GetPixel(168, 48)));
    }

    [Theory]
    [InlineData("x.png", SKEncodedImageFormat.Png)]
    [InlineData("x.JPG", SKEncodedImageFormat.Jpeg)]
    [InlineData("x.webp", SKEncodedImageFormat.Webp)]
    public void The_ending_says_the_format(string name, SKEncodedImageFormat format)
    {
        Drawing(new(), [new(new(Painted("a.png", 8, 8, SKColors.Blue)) { Label = "blue" }, 0)]).Save(_folder[name]);
        using var codec = SKCodec.Create(_folder[name]);
        Assert.Equal((format, 192, 192), (codec.EncodedFormat, codec.Info.Width, codec.Info.Height));
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public void An_unknown_ending_is_a_fault_that_names_the_known_ones() =>
        Assert.Contains(".webp", Assert.Throws<FineTuneException>(() => GridDrawing.CheckFormat("x.tiff")).Message);

    [Fact]
    public void A_page_holds_its_pictures_and_describes_them()
    {
        var item = new GridItem(Painted("a.png", 300, 200, SKColors.Blue)) { Label = "<b> & \"c\"" };
        Drawing(new() { Columns = 2, Scale = 0.5 }, [new(item, 0), new(item, 1)]).Save(_folder["x.html"]);
        var page = File.ReadAllText(_folder["x.html"]);
        Assert.Contains("alt=\"&lt;b&gt; &amp; &quot;c&quot;, augmented: flip\"", page);
        Assert.DoesNotContain("<b>", page);
        Assert.DoesNotContain("http", page);
        var pictures = Regex.Matches(page, "src=\"data:image/jpeg;base64,([^\"]+)\"");
        Assert.Equal(2, pictures.Count);
        using var picture = SKBitmap.Decode(Convert.FromBase64String(pictures[0].Groups[1].Value));
        Assert.Equal((96, 64), (picture.Width, picture.Height));
    }

    /// <summary>Dark pixels of a title alone in its cell.</summary>
    static int Ink(string title, Lettering lettering)
    {
        using var renderer = new GridRenderer(new() { Scale = 2 }, GridCaptions.Titles, lettering);
        renderer.Draw(0, null, title);
        using var bitmap = SKBitmap.Decode(renderer.Encode("x.png"));
        return Dark(bitmap);
    }

    static Lettering Font()
    {
        Assert.SkipWhen(SystemFonts.All.Count == 0, "this machine has no font file");
        return new FallbackLettering(SystemFonts.All);
    }

    [Fact]
    public void A_title_is_drawn_with_a_font_of_the_machine() => Assert.InRange(Ink("Trouser", Font()), 60, 1500);

    [Fact]
    public void A_title_is_drawn_without_any_font() => Assert.InRange(Ink("Trouser", new DotLettering()), 60, 1500);

    [Fact]
    public void A_machine_without_fonts_has_none_and_a_file_that_is_no_font_is_left_out()
    {
        File.WriteAllText(_folder["x.ttf"], "no font");
        Assert.Empty(SystemFonts.Open([_folder.Path, _folder["missing"]]));
    }

    [Fact]
    public void Every_printable_letter_has_its_own_shape_and_any_other_is_a_box()
    {
        var shapes = Enumerable.Range(' ', 95).Select(letter => Shape(((char)letter).ToString())).ToList();
        Assert.Equal(95, shapes.Distinct().Count());
        Assert.DoesNotContain(Shape("猫"), shapes);
        Assert.Equal(Shape("猫"), Shape("é"));
        Assert.Equal(20, Shape("😀").Count(dot => dot == '#'));
    }

    static string Shape(string letter)
    {
        using var bitmap = new SKBitmap(6, 10);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        new DotLettering().Draw(canvas, letter, 0, 8, 10, SKColors.Black);
        return string.Concat(bitmap.Pixels.Select(pixel => pixel == SKColors.White ? '.' : '#'));
    }

    [Fact]
    public void A_long_title_is_shortened_between_whole_characters()
    {
        Lettering dots = new DotLettering();
        Assert.Equal("a b", dots.Fitted(" a\nb", 10, 100));
        var fitted = dots.Fitted("ae\u0301ae\u0301ae\u0301ae\u0301 and on and on", 10, 60);
        Assert.EndsWith("\u0301…", fitted);
        Assert.InRange(dots.Width(fitted, 10), 1, 60);
        var font = Font();
        Assert.InRange(font.Width(font.Fitted(new string('W', 300), 14, 180), 14), 100, 180);
    }
}
