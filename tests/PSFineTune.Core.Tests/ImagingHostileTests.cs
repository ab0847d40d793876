using System.Buffers.Binary;
using System.IO.Compression;
using PSFineTune.Imaging;
using PSFineTune.Packaging;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Files that lie, or are made to cost more than they are worth: one clear fault, before memory is taken.</summary>
public class ImagingHostileTests
{
    static readonly Dictionary<string, byte[]> s_files = SampleFiles.All.ToDictionary(file => file.Name, file => file.Bytes);

    public static TheoryData<string, string, byte[]> Lies => new()
    {
        { "a jpeg of 65500 x 65500", "ImageTooLarge", Jpeg(65500, 65500) },
        { "a jpeg of 14000 x 14000", "UndecodableImage", Jpeg(14000, 14000) },
        { "a jpeg without width", "UndecodableImage", Jpeg(0, 33) },
        { "a jpeg without height", "UndecodableImage", Jpeg(41, 0) },
        { "a jpeg of a thousand scans", "UndecodableImage", Scans(1000) },
        { "a png of 20000 x 20000", "ImageTooLarge", Png(20_000, 20_000, []) },
        { "a png of 13000 x 13000", "ImageTooLarge", Png(13_000, 13_000, []) },
        { "a png of 2^31 - 1", "UndecodableImage", Png(int.MaxValue, int.MaxValue, []) },
        { "a png of 2^32 - 1", "UndecodableImage", Png(uint.MaxValue, 1, []) },
        { "a png without width", "UndecodableImage", Png(0, 9, []) },
        { "a png without pixels", "UndecodableImage", Png(9000, 9000, []) },
        { "a bmp of 20000 x 20000", "ImageTooLarge", Bmp(20_000, 20_000) },
        { "a bmp of 20000 x -20000", "ImageTooLarge", Bmp(20_000, -20_000) },
        { "a bmp of least height", "UndecodableImage", Bmp(13, int.MinValue) },
        { "a bmp of negative width", "UndecodableImage", Bmp(-13, 9) },
        { "a bmp of most width", "UndecodableImage", Bmp(int.MaxValue, int.MaxValue) },
        { "a bmp without width", "UndecodableImage", Bmp(0, 9) },
        { "a bmp of more rows than it has", "UndecodableImage", Bmp(13, 9000) },
        { "a gif of 65535 x 65535", "ImageTooLarge", Changed("rgb.gif", 6, 0xFF, 0xFF, 0xFF, 0xFF) },
        { "a webp of 2^32 - 1 bytes", "UndecodableImage", Changed("rgb-lossless.webp", 4, 0xFF, 0xFF, 0xFF, 0xFF) },
        { "a webp of 16384 x 16384", "ImageTooLarge", Changed("rgb-lossless.webp", 21, 0xFF, 0xFF, 0xFF, 0x0F) },
        { "nothing", "UndecodableImage", [] },
        { "an icon", "UndecodableImage", [0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0, 68, 4, 0, 0, 22, 0, 0, 0] },
        { "a tiff", "UndecodableImage", [.. "II*\0"u8, 8, 0, 0, 0, 0, 0, 0, 0] },
        { "a wave file", "UndecodableImage", [.. "RIFF"u8, 4, 0, 0, 0, .. "WAVE"u8] },
    };

    [Theory, MemberData(nameof(Lies))]
    public void Is_refused_before_memory_is_taken(string what, string id, byte[] file)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var fault = Assert.Throws<FineTuneException>(() => ImageFile.Decode(file, what));
        Assert.Equal((id, what), (fault.Id, fault.Target));
        if (what is not ("a png without pixels" or "a bmp of more rows than it has"))
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    /// <summary>Sixteen megapixels of one colour in half a megabyte are a picture, unless the budget is smaller.</summary>
    [Fact]
    public void A_bomb_costs_what_the_budget_allows()
    {
        var bomb = Png(4000, 4000, new byte[4000 * 12_001]);
        Assert.InRange(bomb.Length, 1, 1 << 20);
        Refused(new(Pixels: 15_999_999));
        Refused(new(Bytes: 111_999_999));
        using (EncodedImage.Open(bomb, "bomb", new(Pixels: 16_000_000, Bytes: 112_000_000))) { }

        void Refused(DecodeBudget budget) =>
            Assert.Equal(("ImageTooLarge", FaultKind.LimitExceeded), Assert.Throws<FineTuneException>(() => EncodedImage.Open(bomb, "bomb", budget)) is var fault ? (fault.Id, fault.Kind) : default);
    }

    [Fact]
    public void What_decoding_takes_depends_on_how_a_file_is_stored()
    {
        Assert.Equal(6 * 41 * 33, Least("subsampling-2.jpg"));
        Assert.Equal(9 * 41 * 33, Least("progressive.jpg"));
        Assert.Equal(7 * 13 * 9, Least("rgb.png"));
        Assert.Equal(15 * 12 * 9, Least("interlaced.png"));
        Assert.Equal(11 * 13 * 9, Least("rgb.gif"));

        int Least(string name) => Enumerable.Range(0, 1 << 15).First(bytes =>
            Record.Exception(() => EncodedImage.Open(s_files[name], name, new(Bytes: bytes)).Dispose()) is not FineTuneException);
    }

    [Theory, InlineData("top-down.bmp"), InlineData("animated.webp")]
    public void Reads_the_same_picture_however_it_is_stored(string name)
    {
        using var one = ImageFile.Decode(s_files[name], name);
        using var other = ImageFile.Decode(s_files["interlaced.png"], name);
        Assert.Equal((12, 9), (one.Width, one.Height));
        Assert.True(one.Pixels.SequenceEqual(other.Pixels));
    }

    [Theory, InlineData(0), InlineData(9), InlineData(255), InlineData(65535)]
    public void An_orientation_that_is_none_leaves_a_picture_as_stored(int orientation)
    {
        var jpeg = s_files["subsampling-0.jpg"];
        using var plain = ImageFile.Decode(jpeg, "plain");
        using var odd = ImageFile.Decode(SampleFiles.Oriented(jpeg, orientation), "odd");
        Assert.True(plain.Pixels.SequenceEqual(odd.Pixels));
    }

    [Fact]
    public void An_absurd_exif_block_says_nothing()
    {
        var jpeg = SampleFiles.Oriented(s_files["subsampling-0.jpg"], 6);
        using var plain = ImageFile.Decode(s_files["subsampling-0.jpg"], "plain");
        foreach (var (at, value) in new[] { (16, uint.MaxValue), (16, 0u), (16, 0x7FFFFFF0u), (20, 0xFFFF0112u), (24, uint.MaxValue), (26, 0xFFFFFFFFu) })
        {
            byte[] odd = [.. jpeg];
            BinaryPrimitives.WriteUInt32BigEndian(odd.AsSpan(at), value);
            using var picture = ImageFile.Decode(odd, "odd");
            Assert.Equal(plain.Pixels.Length, picture.Pixels.Length);
        }
    }

    [Fact]
    public void Content_counts_and_not_the_ending()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["png.jpg"], s_files["rgb.png"]);
        using (var picture = ImageFile.Decode(folder["png.jpg"])) Assert.Equal((13, 9), (picture.Width, picture.Height));

        Directory.CreateDirectory(folder["folder.jpg"]);
        Assert.Equal(("UnreadableImage", FaultKind.ReadError), Assert.Throws<FineTuneException>(() => ImageFile.Decode(folder["folder.jpg"])) is var fault ? (fault.Id, fault.Kind) : default);
    }

    [Fact]
    public void A_file_larger_than_the_budget_is_not_read()
    {
        using var folder = new TempFolder();
        using (var sparse = File.Create(folder["large.png"])) sparse.SetLength((1L << 30) + 1);
        Assert.Equal("ImageTooLarge", Assert.Throws<FineTuneException>(() => ImageFile.Decode(folder["large.png"])).Id);
    }

    static byte[] Changed(string name, int at, params ReadOnlySpan<byte> bytes)
    {
        byte[] file = [.. s_files[name]];
        bytes.CopyTo(file.AsSpan(at));
        return file;
    }

    static byte[] Jpeg(int width, int height)
    {
        var frame = s_files["subsampling-0.jpg"].AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        return Changed("subsampling-0.jpg", frame + 5, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width);
    }

    static byte[] Scans(int count)
    {
        var file = s_files["progressive.jpg"];
        var last = file.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        return [.. file[..last], .. Enumerable.Repeat(file[last..^2], count).SelectMany(scan => scan), 0xFF, 0xD9];
    }

    static byte[] Bmp(int width, int height)
    {
        var size = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(size, width);
        BinaryPrimitives.WriteInt32LittleEndian(size.AsSpan(4), height);
        return Changed("rgb.bmp", 18, size);
    }

    static byte[] Png(uint width, uint height, byte[] rows)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true)) zlib.Write(rows);
        var size = new byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(size, width);
        BinaryPrimitives.WriteUInt32BigEndian(size.AsSpan(4), height);
        return [0x89, .. "PNG\r\n\x1A\n"u8, .. Chunk("IHDR"u8, [.. size, 8, 2, 0, 0, 0]), .. Chunk("IDAT"u8, packed.ToArray()), .. Chunk("IEND"u8, [])];
    }

    static byte[] Chunk(ReadOnlySpan<byte> kind, byte[] content)
    {
        var (length, sum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        var crc = new Crc32();
        crc.Append([.. kind, .. content]);
        BinaryPrimitives.WriteUInt32BigEndian(sum, crc.Value);
        return [.. length, .. kind, .. content, .. sum];
    }
}
