using PSFineTune.Imaging;

namespace PSFineTune.Tests;

/// <summary>Small image files of every kind: those of the goldens, and larger ones made here.</summary>
static class SampleFiles
{
    sealed record Golden
    {
        public string Name { get; init; } = "";
        public byte[] File { get; init; } = [];
    }

    public static IReadOnlyList<(string Name, byte[] Bytes)> All { get; } =
        [.. new[] { "imaging.json", "files.json" }.SelectMany(PixelGolden.Embedded<Golden[]>).Select(golden => (golden.Name, golden.File)), .. Made()];

    /// <summary>A window inside a picture: any, and now and then a whole side.</summary>
    public static Window Part(RandomStream random, int width, int height)
    {
        var (left, top) = (random.Below(width), random.Below(height));
        var (wide, high) = (1 + random.Below(width - left), 1 + random.Below(height - top));
        if (random.Chance(0.1)) (left, wide) = (0, width);
        if (random.Chance(0.1)) (top, high) = (0, height);
        return new(left, top, wide, high);
    }

    /// <summary>The same JPEG with an EXIF block that says so.</summary>
    public static byte[] Oriented(byte[] jpeg, int orientation) =>
    [
        .. jpeg[..2], 0xFF, 0xE1, 0, 34, .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1,
        0x01, 0x12, 0, 3, 0, 0, 0, 1, (byte)(orientation >> 8), (byte)orientation, 0, 0, 0, 0, 0, 0, .. jpeg[2..],
    ];

    static IEnumerable<(string, byte[])> Made()
    {
        foreach (var (width, height) in new[] { (1, 1), (17, 16), (97, 75), (160, 128) })
        {
            using var picture = Noise(width, height);
            for (var orientation = 1; orientation <= 8; orientation++)
                yield return ($"{width}x{height}-{orientation}.jpg", Oriented(ImageWriter.Encode(picture, ImageFormat.Jpeg, 90), orientation));
            yield return ($"{width}x{height}.png", ImageWriter.Encode(picture, ImageFormat.Png));
            yield return ($"{width}x{height}.webp", ImageWriter.Encode(picture, ImageFormat.Webp));
        }
    }

    static Picture Noise(int width, int height)
    {
        var random = RandomStream.For(width, height, "noise");
        var picture = new Picture(width, height);
        foreach (ref var level in picture.Pixels) level = (byte)(64 + random.Below(128));
        return picture;
    }
}
