using System.Numerics;
using PSFineTune.Audit;
using PSFineTune.Data;
using PSFineTune.Imaging;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Hashes, the search for near ones, and what is like what.</summary>
public class ImageTwinsTests
{
    [Fact]
    public void The_hash_of_a_turned_picture_follows_from_the_hash()
    {
        var thumbnail = Scene(3);
        var hash = new Sketch(thumbnail[..Thumbnail.Luma]).Hash();
        for (var symmetry = 0; symmetry < 8; symmetry++)
        {
            var turned = new float[Thumbnail.Luma];
            Look.Take(thumbnail.AsSpan(0, Thumbnail.Luma), Thumbnail.Side, symmetry, Share.All, turned);
            var bytes = new byte[Thumbnail.Luma];
            for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)turned[i];
            // Bits of coefficients near zero may differ.
            Assert.InRange(BitOperations.PopCount(PerceptualHash.Turned(hash, symmetry) ^ new Sketch(bytes).Hash()), 0, 6);
        }
    }

    [Fact]
    public void A_turn_undone_is_the_hash_again()
    {
        const ulong hash = 0x123456789ABCDEF0;
        foreach (var mirrored in new[] { 0, 1, 2, 3, 4 }) Assert.Equal(hash, PerceptualHash.Turned(PerceptualHash.Turned(hash, mirrored), mirrored));
    }

    [Fact]
    public void The_search_finds_all_within_seven_bits_and_each_once()
    {
        var random = RandomStream.For(1, 0, "hashes");
        var hashes = Enumerable.Range(0, 3000).Select(_ => random.Next()).ToArray();
        for (var i = 0; i < 300; i++) hashes[i + 1000] = hashes[i] ^ Enumerable.Range(0, random.Below(8)).Aggregate(0UL, (bits, _) => bits | 1UL << random.Below(64));
        var index = new HashIndex(hashes);
        ulong[] some = [.. hashes.Where((_, entry) => entry % 7 == 0)];
        var wanted = some.SelectMany((hash, query) => hashes.Select((other, entry) => new NearHash(query, BitOperations.PopCount(hash ^ other), entry)).Where(near => near.Distance <= 7)
            .OrderBy(near => near.Distance));
        Assert.Equal(wanted, index.Search(some, 1, 7, wide: true, 100_000));
        var exact = wanted.Where(near => Enumerable.Range(0, 4).Any(band => (ushort)((some[near.Query] ^ hashes[near.Entry]) >> (16 * band)) == 0));
        Assert.Equal(exact, index.Search(some, 1, 7, wide: false, 100_000));
    }

    [Fact]
    public void A_search_among_equal_hashes_ends_with_its_budget()
    {
        var index = new HashIndex(new ulong[10_000]);
        var near = index.Search(new ulong[6], 3, 7, wide: true, 500);
        Assert.InRange(near.Count(one => one.Query < 3), 20, 500);
        Assert.Equal(near.Count(one => one.Query < 3), near.Count(one => one.Query >= 3));
    }

    [Theory, InlineData(20, 30), InlineData(64, 48), InlineData(7, 5), InlineData(1, 1), InlineData(321, 123)]
    public void A_thumbnail_keeps_the_mean(int width, int height)
    {
        using var picture = new Picture(width, height);
        var random = RandomStream.For(2, 0, "thumbnail");
        foreach (ref var level in picture.Pixels) level = (byte)random.Below(256);
        var thumbnail = new byte[Thumbnail.Size];
        Thumbnail.Fill(picture, thumbnail);
        var mean = 0.0;
        for (var i = 0; i < picture.Pixels.Length; i += 3) mean += 0.299 * picture.Pixels[i] + 0.587 * picture.Pixels[i + 1] + 0.114 * picture.Pixels[i + 2];
        Assert.Equal(mean / (width * height), thumbnail[..Thumbnail.Luma].Average(level => level), 0.6);
    }

    [Fact]
    public void A_part_is_found_where_it_was_cut()
    {
        var whole = Scene(5);
        var cut = new Share(0.13f, 0.08f, 0.77f, 0.77f);
        var part = Part(whole, cut);
        Span<float> seen = stackalloc float[Sketch.Size];
        new Sketch(part.AsSpan(0, Thumbnail.Luma)).Take(Share.All, false, seen);
        var best = Likeness.BestPart(new(whole.AsSpan(0, Thumbnail.Luma)), new(0.1f, 0.1f, 0.8f, 0.8f), false, seen);
        Assert.NotNull(best);
        Assert.Equal(cut.Left, best.Value.Left, 0.03f);
        Assert.True(Likeness.IsPart(new(whole, 0, best.Value), new(part, 0, Share.All)));
        Assert.False(Likeness.IsPart(new(Scene(6), 0, best.Value), new(part, 0, Share.All)));
    }

    [Fact]
    public void What_is_found_among_many_alike_is_the_same_every_time()
    {
        // Parts of one picture, far more than are compared with each other.
        var whole = Scene(7);
        var random = RandomStream.For(4, 0, "parts");
        byte[][] thumbnails = [.. Enumerable.Range(0, 150).Select(_ => Part(whole, new(Draw(0, 0.1), Draw(0, 0.1), 0.9f, 0.9f)))];
        var found = Enumerable.Range(0, 6).Select(_ => Twins(thumbnails)).ToList();
        Assert.InRange(found[0].Count(one => one.Kind == TwinKind.Part), 17, 149);
        Assert.All(found, other => Assert.Equal(found[0], other));

        float Draw(double low, double high) => (float)random.Uniform(low, high);
    }

    static List<(int First, TwinKind Kind)> Twins(byte[][] thumbnails)
    {
        var glances = thumbnails.Select((_, i) => new ImageGlance(1, 64, 64, EncodedFormat.Png, 1, ImageTraits.None, false, 50, 50, ((ulong)i, 1), ((ulong)i, 2)));
        var twins = new ImageTwins(new(new() { Root = Path.GetTempPath(), Files = [], Classes = ["a"] }, new([.. thumbnails.Select((_, i) => $"a/{i}.png")]),
            new int[thumbnails.Length], new Split[thumbnails.Length], ([.. glances], thumbnails), []));
        return [.. Enumerable.Range(0, thumbnails.Length).Select(row => (twins.FirstOf(row), twins.KindOf(row)))];
    }

    static byte[] Part(byte[] whole, Share cut)
    {
        var (part, levels) = (new byte[Thumbnail.Size], new float[Thumbnail.Luma]);
        Look.Take(whole.AsSpan(0, Thumbnail.Luma), Thumbnail.Side, 0, cut, levels);
        for (var i = 0; i < levels.Length; i++) part[i] = (byte)levels[i];
        part.AsSpan(Thumbnail.Luma).Fill(128);
        return part;
    }

    // Blots of light, gray.
    static byte[] Scene(int seed)
    {
        var random = RandomStream.For(seed, 0, "scene");
        var blots = Enumerable.Range(0, 12).Select(_ => (X: random.Uniform(0, 32), Y: random.Uniform(0, 32), Size: random.Uniform(2, 6), Level: random.Uniform(-80, 80))).ToArray();
        var thumbnail = new byte[Thumbnail.Size];
        thumbnail.AsSpan(Thumbnail.Luma).Fill(128);
        for (var i = 0; i < Thumbnail.Luma; i++)
        {
            var level = 128.0;
            foreach (var blot in blots) level += blot.Level * Math.Exp(-(Math.Pow(i % 32 - blot.X, 2) + Math.Pow(i / 32 - blot.Y, 2)) / (2 * blot.Size * blot.Size));
            thumbnail[i] = (byte)Math.Clamp(level, 0, 255);
        }
        return thumbnail;
    }
}
