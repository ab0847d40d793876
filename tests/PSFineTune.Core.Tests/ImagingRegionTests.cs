using PSFineTune.Imaging;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Parts of pictures: at full size the pixels of the whole, shrunk those of the whole shrunk the same way.</summary>
public class ImagingRegionTests
{
    static readonly Dictionary<string, byte[]> s_files = SampleFiles.All.ToDictionary(file => file.Name, file => file.Bytes);

    public static TheoryData<string> EveryFile => [.. s_files.Keys];

    [Theory, MemberData(nameof(EveryFile))]
    public void A_part_at_full_size_has_the_pixels_of_the_whole(string name)
    {
        using var image = EncodedImage.Open(s_files[name], name);
        using var whole = image.Decode();
        Assert.Equal((image.Width, image.Height), (whole.Width, whole.Height));
        var random = RandomStream.For(1, 0, name);
        for (var i = 0; i < 100; i++)
        {
            var window = SampleFiles.Part(random, image.Width, image.Height);
            var part = image.Decode(window, shrink: i % 2);
            using var picture = part.Picture;
            Assert.Equal((window.Left, window.Top, 1d), (part.X, part.Y, part.Step));
            Assert.Equal((window.Width, window.Height), (picture.Width, picture.Height));
            for (var y = 0; y < window.Height; y++)
                Assert.True(picture.Row(y).SequenceEqual(whole.Row(window.Top + y).Slice(3 * window.Left, 3 * window.Width)), $"row {y} of {window} in {name}");
        }
    }

    [Theory, MemberData(nameof(EveryFile))]
    public void A_shrunk_part_is_cut_from_the_whole_shrunk_as_much(string name)
    {
        using var image = EncodedImage.Open(s_files[name], name);
        var random = RandomStream.For(2, 0, name);
        foreach (var shrink in new[] { 1.1, 8 / 7.0, 1.5, 2, 2.7, 3.9, 4, 8, 1000 })
        {
            var all = image.Decode(new(0, 0, image.Width, image.Height), shrink);
            using var whole = all.Picture;
            Assert.True(all.Step <= shrink + 1e-9 || all.Step == 1);
            for (var i = 0; i < 20; i++)
            {
                var window = SampleFiles.Part(random, image.Width, image.Height);
                var part = image.Decode(window, shrink);
                using var picture = part.Picture;
                Assert.Equal(all.Step, part.Step);
                AssertCovers(part, window);
                var (left, top) = ((int)Math.Round((part.X - all.X) / part.Step), (int)Math.Round((part.Y - all.Y) / part.Step));
                for (var y = 0; y < picture.Height; y++)
                    Assert.True(picture.Row(y).SequenceEqual(whole.Row(top + y).Slice(3 * left, 3 * picture.Width)), $"row {y} of {window} at {part.Step} in {name}");
            }
        }
    }

    /// <summary>A plane of slopes shows where a pixel is: shrunk it has at its own place what the whole has there.</summary>
    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(8)]
    public void The_mapping_says_where_shrunk_pixels_lie(int orientation)
    {
        using var slopes = new Picture(203, 149);
        for (var y = 0; y < 149; y++)
            for (var x = 0; x < 203; x++)
                (slopes.Row(y)[3 * x], slopes.Row(y)[3 * x + 1], slopes.Row(y)[3 * x + 2]) = ((byte)(20 + x), (byte)(40 + y), 128);
        using var image = EncodedImage.Open(SampleFiles.Oriented(ImageWriter.Encode(slopes, ImageFormat.Jpeg, 95), orientation), "slopes");
        using var whole = image.Decode();
        var random = RandomStream.For(3, 0, "slopes");
        for (var shrink = 1.0; shrink <= 8; shrink += 0.5)
        {
            var part = image.Decode(new(random.Below(40), random.Below(40), 80 + random.Below(20), 80 + random.Below(20)), shrink);
            using var picture = part.Picture;
            for (var y = 1; y < picture.Height - 1; y++)
                for (var x = 1; x < picture.Width - 1; x++)
                    for (var channel = 0; channel < 3; channel++)
                        Assert.InRange(picture.Row(y)[3 * x + channel] - Between(whole, part.X + (x + 0.5) * part.Step, part.Y + (y + 0.5) * part.Step, channel), -6, 6);
        }
    }

    /// <summary>Both decoders of JPEG make the very same pixels; of the kinds listed the fast one must not leave any to the other.</summary>
    [Fact]
    public void Baseline_jpegs_have_the_pixels_of_the_library()
    {
        Assert.SkipUnless(BlockTransform.IsSupported, "needs a processor with AVX2");
        foreach (var (name, file) in s_files.Where(file => file.Key.EndsWith(".jpg")))
        {
            using var codec = new ImageCodec(file, name);
            var (width, height) = codec.Size;
            using var fast = BaselineJpeg.Decode(file, new(0, 0, width, height));
            var left = name.StartsWith("progressive") || name is "cmyk.jpg" or "4-4-0.jpg" or "4-1-1.jpg" || width < 16;
            Assert.True(left == fast is null, $"{name} is decoded by the wrong decoder");
            if (fast is null) continue;

            codec.Start(8, 0, width);
            var (row, expected) = (new byte[4 * (width + ChromaRow.Reach)], new byte[4 * width]);
            for (var y = 0; y < height; y++)
            {
                fast.Read(y, row);
                codec.ReadRows(expected, 1);
                for (var at = 3; at < expected.Length; at += 4) row[at] = expected[at];
                Assert.True(row.AsSpan(0, expected.Length).SequenceEqual(expected), $"row {y} of {name}");
            }
        }
    }

    [Fact]
    public void A_part_must_lie_in_the_picture()
    {
        using var image = EncodedImage.Open(s_files["rgb.png"], "x");
        foreach (var window in new Window[] { new(0, 0, 0, 1), new(0, 0, 1, -1), new(-1, 0, 2, 2), new(0, 0, image.Width + 1, 1), new(1, 1, int.MaxValue, 1) })
            Assert.Throws<ArgumentOutOfRangeException>(() => image.Decode(window, 1));
    }

    static void AssertCovers(PicturePart part, Window window)
    {
        Assert.InRange(window.Left - part.X, -1e-9, part.Step);
        Assert.InRange(window.Top - part.Y, -1e-9, part.Step);
        Assert.InRange(part.X + part.Picture.Width * part.Step - window.Right, -1e-9, part.Step);
        Assert.InRange(part.Y + part.Picture.Height * part.Step - window.Bottom, -1e-9, part.Step);
    }

    /// <summary>The picture at a place between its pixels' centres.</summary>
    static double Between(Picture picture, double x, double y, int channel)
    {
        var (left, top) = ((int)(x - 0.5), (int)(y - 0.5));
        var (right, below) = (x - 0.5 - left, y - 0.5 - top);
        return (At(0, 0) * (1 - right) + At(1, 0) * right) * (1 - below) + (At(0, 1) * (1 - right) + At(1, 1) * right) * below;

        byte At(int dx, int dy) => picture.Row(top + dy)[3 * (left + dx) + channel];
    }
}
