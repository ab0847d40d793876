using PSFineTune.Imaging;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Decoding against Pillow's convert("RGB"), and files that are no whole picture.</summary>
public class ImagingDecodeTests
{
    sealed record FileCase : PixelGolden
    {
        public string Name { get; init; } = "";
        public int Tolerance { get; init; }
        public byte[] File { get; init; } = [];
    }

    static readonly Dictionary<string, FileCase> s_cases = PixelGolden.Embedded<FileCase[]>("imaging.json").ToDictionary(one => one.Name);

    public static TheoryData<string> EveryFile => [.. s_cases.Keys];

    [Theory, MemberData(nameof(EveryFile))]
    public void Decodes_as_Pillow_does(string name)
    {
        using var picture = ImageFile.Decode(s_cases[name].File, name);
        s_cases[name].AssertNear(picture, s_cases[name].Tolerance, name);
    }

    /// <summary>Of a GIF the first frame is the picture; its last byte only says that no other follows.</summary>
    [Theory, MemberData(nameof(EveryFile))]
    public void Refuses_a_truncated_file(string name)
    {
        var file = s_cases[name].File;
        var whole = name switch { "animated.gif" => file.Length / 2, _ when name.EndsWith(".gif") => file.Length - 1, _ => file.Length };
        for (var length = 0; length < whole; length++)
        {
            var fault = Assert.Throws<FineTuneException>(() => ImageFile.Decode(file[..length], name));
            Assert.Equal(("UndecodableImage", FaultKind.InvalidData, name), (fault.Id, fault.Kind, fault.Target));
        }
    }

    /// <summary>PNG sums up its pixels (not, as read here, its EXIF); the other formats cannot tell, but must not crash or hang.</summary>
    [Theory, MemberData(nameof(EveryFile))]
    public void Survives_a_damaged_file(string name)
    {
        var file = s_cases[name].File;
        for (var at = 0; at < file.Length; at++)
        {
            byte[] damaged = [.. file];
            damaged[at] ^= 0x55;
            var fault = Record.Exception(() =>
            {
                using var picture = ImageFile.Decode(damaged, name);
                if (name.EndsWith(".png") && name != "orientation-6.png") s_cases[name].AssertNear(picture, 0, $"{name} with byte {at} changed");
            });
            if (fault is not null) Assert.IsType<FineTuneException>(fault);
        }
    }

    [Fact]
    public void Refuses_what_is_no_image()
    {
        foreach (var bytes in new byte[][] { [], [0], "GIF89a"u8.ToArray(), "%PDF-1.4 and more text"u8.ToArray(), new byte[5000] })
            Assert.Equal("UndecodableImage", Assert.Throws<FineTuneException>(() => ImageFile.Decode(bytes, "x")).Id);
    }

    [Fact]
    public void Refuses_more_than_200_megapixels_before_it_reserves_them()
    {
        byte[] file = [.. s_cases["rgb.bmp"].File];
        BitConverter.TryWriteBytes(file.AsSpan(18), 20_000);
        BitConverter.TryWriteBytes(file.AsSpan(22), 20_000);
        Assert.Equal("ImageTooLarge", Assert.Throws<FineTuneException>(() => ImageFile.Decode(file, "x")).Id);
    }

    [Fact]
    public void Says_when_a_file_cannot_be_read()
    {
        using var folder = new TempFolder();
        var fault = Assert.Throws<FineTuneException>(() => ImageFile.Decode(folder["absent.jpg"]));
        Assert.Equal(("UnreadableImage", FaultKind.ReadError), (fault.Id, fault.Kind));
    }

    [Theory, InlineData(ImageFormat.Png, 100, 0), InlineData(ImageFormat.Webp, 100, 0), InlineData(ImageFormat.Webp, 95, 40), InlineData(ImageFormat.Jpeg, 95, 40)]
    public void What_is_written_reads_back(object format, int quality, int tolerance)
    {
        using var folder = new TempFolder();
        var golden = s_cases["rgb.png"];
        using var picture = golden.ToPicture();
        ImageWriter.Save(picture, folder["picture"], (ImageFormat)format, quality);
        using var back = ImageFile.Decode(folder["picture"]);
        golden.AssertNear(back, tolerance, $"{format}");
        Assert.Equal(["picture"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_photo_decodes_as_Pillow_decodes_it()
    {
        var folder = Assets.Path("datasets/clothing/test/dress");
        using var picture = ImageFile.Decode(Directory.GetFiles(folder, "*.jpg").Order(StringComparer.Ordinal).First());
        var means = new double[3];
        for (var i = 0; i < picture.Pixels.Length; i++) means[i % 3] += picture.Pixels[i];
        for (var i = 0; i < 3; i++) means[i] /= (double)picture.Width * picture.Height;
        Assert.Equal((224, 398), (picture.Width, picture.Height));
        Assert.All(means.Zip([135.120, 124.414, 119.485]), pair => Assert.InRange(pair.First, pair.Second - 0.5, pair.Second + 0.5));
    }
}
