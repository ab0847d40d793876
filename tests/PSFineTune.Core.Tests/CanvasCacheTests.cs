using System.Security.Cryptography;
using System.Text;
using PSFineTune.Imaging;
using Xunit;

namespace PSFineTune.Tests;

public class CanvasCacheTests
{
    const int Bytes = 3 * 40 * 36;
    const long Plenty = 1 << 24;

    [Fact]
    public void The_checksum_is_the_one_of_iscsi()
    {
        Assert.Equal(0xE3069283, Crc32C.Of("123456789"u8));
        Assert.Equal(0x8A9136AAu, Crc32C.Of(new byte[32]));
    }

    [Fact]
    public void What_is_added_is_read_now_and_by_the_next_run()
    {
        using var folder = new TempFolder();
        using (var cache = Filled(folder.Path, 50))
        {
            Assert.Equal(50, cache.Count);
            AssertHolds(cache, 0, 50);
            Assert.False(Reads(cache, 50));
        }
        Assert.Equal(50 * Bytes, new FileInfo(folder["pixels.bin"]).Length);
        using (var again = CanvasCache.Open(folder.Path, Plenty))
        {
            AssertHolds(again, 0, 50);
            Assert.True(Adds(again, 50));
        }
        using var third = CanvasCache.Open(folder.Path, Plenty);
        AssertHolds(third, 0, 51);
    }

    [Fact]
    public void Sizes_of_decoding_are_kept_apart()
    {
        using var folder = new TempFolder();
        using var cache = CanvasCache.Open(folder.Path, Plenty);
        foreach (var (size, width) in new[] { (0, 301), (256, 17), (-1, 1) })
        {
            using var picture = Noise(size, width, 3);
            Assert.True(cache.Add(HashOf(1), size, DecodedImage.Of(picture)));
        }
        foreach (var (size, width) in new[] { (0, 301), (256, 17), (-1, 1) })
        {
            using var expected = Noise(size, width, 3);
            Assert.True(cache.TryRead(HashOf(1), size, out var canvas));
            AssertSame(expected, canvas.Part.Picture);
        }
        Assert.False(cache.TryRead(HashOf(1), 224, out _));
        Assert.False(cache.TryRead(HashOf(2), 0, out _));
    }

    [Fact]
    public void A_canvas_is_kept_once_and_the_first_stays()
    {
        using var folder = new TempFolder();
        using var cache = Filled(folder.Path, 1);
        using var other = Noise(7);
        Assert.True(cache.Add(HashOf(0), 0, DecodedImage.Of(other)));
        AssertHolds(cache, 0, 1);
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public void Many_threads_read_and_add()
    {
        using var folder = new TempFolder();
        using var cache = CanvasCache.Open(folder.Path, Plenty);
        Parallel.For(0, 4000, new() { MaxDegreeOfParallelism = 16 }, i =>
        {
            if (Reads(cache, i % 200)) return;
            Assert.True(Adds(cache, i % 200));
            Assert.True(Reads(cache, i % 200));
        });
        Assert.Equal(200, cache.Count);
        AssertHolds(cache, 0, 200);
    }

    [Fact]
    public void The_file_grows_from_map_to_map_and_never_beyond_its_bound()
    {
        const long Bound = (150 << 20) + 1;
        using var folder = new TempFolder();
        using (var cache = CanvasCache.Open(folder.Path, Bound))
        {
            var kept = Enumerable.Range(0, 24).Count(i => Adds(cache, i, 1600, 1400));
            Assert.Equal(Bound / (3 * 1600 * 1400), kept);
            Assert.InRange(new FileInfo(folder["pixels.bin"]).Length, kept * 3 * 1600 * 1400, Bound);
            Assert.True(Adds(cache, 100));
            AssertHolds(cache, 0, kept, 1600, 1400);
            AssertHolds(cache, 100, 101);
        }
        using var again = CanvasCache.Open(folder.Path, Bound);
        AssertHolds(again, 0, 23, 1600, 1400);
        AssertHolds(again, 100, 101);
    }

    [Fact]
    public void A_smaller_bound_keeps_what_fits_and_a_larger_one_takes_more()
    {
        using var folder = new TempFolder();
        Filled(folder.Path, 20).Dispose();
        using (var smaller = CanvasCache.Open(folder.Path, 5 * Bytes + 1))
        {
            Assert.Equal(5, smaller.Count);
            AssertHolds(smaller, 0, 5);
            Assert.False(Adds(smaller, 5));
        }
        Assert.Equal(5 * Bytes, new FileInfo(folder["pixels.bin"]).Length);
        using (var larger = Filled(folder.Path, 30)) AssertHolds(larger, 0, 30);
        using (var none = CanvasCache.Open(folder.Path, 0)) Assert.False(Reads(none, 0) || Adds(none, 0));
        Assert.Equal(0, new FileInfo(folder["pixels.bin"]).Length);
    }

    [Theory]
    [InlineData(0), InlineData(3), InlineData(88), InlineData(88 * 4), InlineData(88 * 4 + 1), InlineData(88 * 5 - 1)]
    public void A_killed_writer_leaves_the_whole_canvases(int index)
    {
        using var folder = new TempFolder();
        Filled(folder.Path, 10).Dispose();
        Cut(folder["index.bin"], index);
        Cut(folder["pixels.bin"], 1 << 20);
        var kept = Math.Max(0, index / 88 - 1);
        using (var cache = CanvasCache.Open(folder.Path, Plenty))
        {
            Assert.Equal(kept, cache.Count);
            AssertHolds(cache, 0, kept);
            Assert.True(Adds(cache, 77));
        }
        using var again = CanvasCache.Open(folder.Path, Plenty);
        Assert.Equal(kept + 1, again.Count);
        AssertHolds(again, 77, 78);
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(Bytes * 3), InlineData(Bytes * 4 - 1)]
    public void Pixels_cut_off_leave_those_before(int length)
    {
        using var folder = new TempFolder();
        Filled(folder.Path, 10).Dispose();
        Cut(folder["pixels.bin"], length);
        using (var cache = CanvasCache.Open(folder.Path, Plenty))
        {
            Assert.Equal(length / Bytes, cache.Count);
            AssertHolds(cache, 0, length / Bytes);
        }
        using var again = Filled(folder.Path, 10);
        AssertHolds(again, 0, 10);
    }

    [Fact]
    public void A_flipped_bit_anywhere_in_the_index_forgets_what_is_from_there_on()
    {
        using var folder = new TempFolder();
        Filled(folder.Path, 3).Dispose();
        var (index, pixels) = (File.ReadAllBytes(folder["index.bin"]), File.ReadAllBytes(folder["pixels.bin"]));
        for (var bit = 0; bit < 8 * index.Length; bit += 5)
        {
            index[bit / 8] ^= (byte)(1 << bit % 8);
            File.WriteAllBytes(folder["index.bin"], index);
            File.WriteAllBytes(folder["pixels.bin"], pixels);
            index[bit / 8] ^= (byte)(1 << bit % 8);
            using var cache = CanvasCache.Open(folder.Path, Plenty);
            Assert.Equal(Math.Max(0, bit / 8 / 88 - 1), cache.Count);
            AssertHolds(cache, 0, cache.Count);
        }
    }

    [Theory]
    [InlineData(0), InlineData(Bytes * 4 - 1), InlineData(Bytes * 5)]
    public void A_flipped_bit_of_pixels_is_never_shown_and_the_cache_begins_again(int at)
    {
        using var folder = new TempFolder();
        Filled(folder.Path, 10).Dispose();
        var bytes = File.ReadAllBytes(folder["pixels.bin"]);
        bytes[at] ^= 0x40;
        File.WriteAllBytes(folder["pixels.bin"], bytes);
        using (var cache = CanvasCache.Open(folder.Path, Plenty))
        {
            Parallel.For(0, 16, i => Assert.False(Reads(cache, at / Bytes)));
            Assert.Equal(0, cache.Count);
            Assert.True(Adds(cache, 3));
            AssertHolds(cache, 3, 4);
        }
        using var again = CanvasCache.Open(folder.Path, Plenty);
        Assert.Equal(1, again.Count);
        AssertHolds(again, 3, 4);
    }

    [Theory]
    [InlineData("PSFineTune 0.0.0.9 canvases 2"), InlineData("PSFineTune 0.1.0.0 canvases 3"), InlineData("something else")]
    public void A_file_of_another_version_is_begun_again(string header)
    {
        using var folder = new TempFolder();
        Filled(folder.Path, 10).Dispose();
        var bytes = File.ReadAllBytes(folder["index.bin"]);
        Encoding.ASCII.GetBytes(header.PadRight(88)).CopyTo(bytes, 0);
        File.WriteAllBytes(folder["index.bin"], bytes);
        using (var cache = CanvasCache.Open(folder.Path, Plenty)) Assert.Equal(0, cache.Count);
        using var again = Filled(folder.Path, 10);
        AssertHolds(again, 0, 10);
    }

    [Fact]
    public void Pixels_of_another_index_are_never_shown()
    {
        using var folder = new TempFolder();
        Filled(folder["a"], 10).Dispose();
        using (var other = CanvasCache.Open(folder["b"], Plenty))
            for (var i = 20; i < 30; i++) Adds(other, i);
        File.Copy(folder["b/pixels.bin"], folder["a/pixels.bin"], overwrite: true);
        using var cache = CanvasCache.Open(folder["a"], Plenty);
        for (var i = 0; i < 10; i++) Assert.False(Reads(cache, i));
    }

    [Fact]
    public void A_second_opener_goes_without_until_the_first_is_closed()
    {
        using var folder = new TempFolder();
        using (var first = Filled(folder.Path, 5))
        {
            using (var second = CanvasCache.Open(folder.Path, 0)) Assert.False(Adds(second, 9) || Reads(second, 0));
            Assert.True(Adds(first, 5));
            AssertHolds(first, 0, 6);
        }
        using var third = CanvasCache.Open(folder.Path, Plenty);
        AssertHolds(third, 0, 6);
    }

    [Theory]
    [InlineData(""), InlineData("deeper/still")]
    public void A_folder_that_cannot_be_made_is_no_error(string below)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["file"], "no folder");
        using var cache = CanvasCache.Open(Path.Combine(folder["file"], below), Plenty);
        Assert.False(Adds(cache, 0) || Reads(cache, 0));
    }

    [Theory]
    [InlineData("index.bin"), InlineData("pixels.bin")]
    public void A_file_that_cannot_be_written_is_no_error(string file)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder[file]);
        using var cache = CanvasCache.Open(folder.Path, Plenty);
        Assert.False(Adds(cache, 0) || Reads(cache, 0));
    }

    [Fact]
    public void A_read_only_folder_is_no_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "an administrator writes everywhere");
        using var folder = new TempFolder();
        if (!OperatingSystem.IsWindows()) Directory.CreateDirectory(folder["cache"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var cache = CanvasCache.Open(folder["cache"], Plenty);
        Assert.False(Adds(cache, 0) || Reads(cache, 0));
    }

    [Fact]
    public void A_disk_that_takes_nothing_is_no_error()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a device that is full");
        using var folder = new TempFolder();
        File.CreateSymbolicLink(folder["index.bin"], "/dev/full");
        using var cache = CanvasCache.Open(folder.Path, Plenty);
        Assert.False(Adds(cache, 0) || Reads(cache, 0));
    }

    [Fact]
    public void After_it_is_disposed_there_is_nothing()
    {
        using var folder = new TempFolder();
        var cache = Filled(folder.Path, 5);
        Parallel.For(0, 64, i =>
        {
            if (i == 40) cache.Dispose();
            for (var n = 0; n < 5; n++) Reads(cache, n);
            Adds(cache, 100 + i);
        });
        cache.Dispose();
        Assert.False(Reads(cache, 0) || Adds(cache, 200));
        Assert.Equal(0, cache.Count);
        using var again = CanvasCache.Open(folder.Path, Plenty);
        AssertHolds(again, 0, 5);
    }

    [Fact]
    public void A_hash_of_another_length_and_a_negative_bound_are_mistakes()
    {
        using var folder = new TempFolder();
        using var cache = CanvasCache.Open(folder.Path, Plenty);
        Assert.Throws<ArgumentOutOfRangeException>(() => cache.TryRead(new byte[20], 0, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => CanvasCache.Open(folder.Path, -1));
    }

    static CanvasCache Filled(string folder, int count)
    {
        var cache = CanvasCache.Open(folder, Plenty);
        for (var i = 0; i < count; i++) Assert.True(Adds(cache, i));
        return cache;
    }

    static bool Adds(CanvasCache cache, int i, int width = 40, int height = 36)
    {
        using var picture = Noise(i, width, height);
        return cache.Add(HashOf(i), 0, DecodedImage.Of(picture));
    }

    // A canvas that is read must be the right one, whatever the test is about.
    static bool Reads(CanvasCache cache, int i, int width = 40, int height = 36)
    {
        if (!cache.TryRead(HashOf(i), 0, out var canvas)) return false;
        using var expected = Noise(i, width, height);
        AssertSame(expected, canvas.Part.Picture);
        return true;
    }

    static void AssertHolds(CanvasCache cache, int from, int to, int width = 40, int height = 36)
    {
        for (var i = from; i < to; i++) Assert.True(Reads(cache, i, width, height), $"canvas {i} is not there");
    }

    static void AssertSame(Picture expected, Picture picture)
    {
        Assert.Equal((expected.Width, expected.Height), (picture.Width, picture.Height));
        Assert.True(expected.Pixels.SequenceEqual(picture.Pixels), "pixels differ");
        picture.Dispose();
    }

    static Picture Noise(int seed, int width = 40, int height = 36)
    {
        var picture = new Picture(width, height);
        var state = (ulong)seed * 2654435761 + 1;
        foreach (ref var value in picture.Pixels)
        {
            state = state * 6364136223846793005 + 1442695040888963407;
            value = (byte)(state >> 88);
        }
        return picture;
    }

    static byte[] HashOf(int i) => SHA256.HashData(BitConverter.GetBytes(i));

    static void Cut(string file, long length)
    {
        using var stream = new FileStream(file, FileMode.Open);
        stream.SetLength(length);
    }
}
