using System.Security.Cryptography;
using PSFineTune.Augment;
using PSFineTune.Augment.Edits;
using PSFineTune.Imaging;
using PSFineTune.Models;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

public sealed class CachedImageTests : IDisposable
{
    const int Input = 32;

    readonly TempFolder _folder = new();
    readonly string _photo;
    readonly byte[] _hash;

    public CachedImageTests()
    {
        _photo = _folder["photo.jpg"];
        using var picture = new Picture(1000, 700);
        for (var y = 0; y < 700; y++)
            for (var x = 0; x < 1000; x++)
                for (var channel = 0; channel < 3; channel++) picture.Row(y)[3 * x + channel] = (byte)(128 + 100 * Math.Sin((x + 7 * channel) / 40.0) * Math.Cos(y / 30.0));
        File.WriteAllBytes(_photo, ImageWriter.Encode(picture, ImageFormat.Jpeg));
        _hash = SHA256.HashData(File.ReadAllBytes(_photo));
    }

    public void Dispose() => _folder.Dispose();

    // 4.09 x 32 pixels are 131 of 700: two eighths, 250 x 175.
    [Fact]
    public void A_photo_that_is_shrunk_far_is_kept_small()
    {
        Edit shrunk = Resized(100, 50, 600, 500);
        var expected = Made(null, shrunk);
        using (var cache = Open())
            for (var pass = 0; pass < 2; pass++)
            {
                var made = Made(cache, shrunk);
                Assert.InRange(expected.Zip(made, (a, b) => Math.Abs(a - b)).Max(), 0, 6);
                Assert.Equal(1, cache.Count);
            }
        Assert.Equal(3 * 250 * 175, new FileInfo(_folder["cache/pixels.bin"]).Length);
    }

    [Fact]
    public void What_shows_less_of_it_or_all_its_pixels_has_the_whole_one_whatever_is_kept()
    {
        Edit[] whole = [Resized(100, 50, 60, 50), new Crop { Left = 300, Top = 200, Width = Input, Height = Input }, new Invert(), Resized(0, 0, 1000, 700, Interpolation.Nearest)];
        using var cache = Open();
        Made(cache, Resized(0, 0, 1000, 700));
        foreach (var edit in whole) Assert.Equal(Made(null, edit), Made(cache, edit));
        Assert.Equal(2, cache.Count);
    }

    [Fact]
    public void What_is_kept_needs_no_file()
    {
        Edit shrunk = Resized(0, 0, 1000, 700);
        byte[] first;
        using (var cache = Open()) first = Made(cache, shrunk);
        File.Delete(_photo);
        using var again = Open();
        Assert.Equal(first, Made(again, shrunk));
        Assert.Equal("UnreadableImage", Assert.Throws<FineTuneException>(() => Made(again, new Invert())).Id);
    }

    CanvasCache Open() => CanvasCache.Open(_folder["cache"], 1 << 24);

    static ResizedCrop Resized(int left, int top, int width, int height, Interpolation how = Interpolation.Bilinear) =>
        new() { Left = left, Top = top, Width = width, Height = height, ToWidth = Input, ToHeight = Input, Interpolation = how };

    byte[] Made(CanvasCache? cache, Edit edit)
    {
        using var source = cache is null ? AugmentSource.Of(EncodedImage.Open(File.ReadAllBytes(_photo), _photo)) : new CachedImage(cache, _hash, _photo, Input);
        Assert.Equal((1000, 700), (source.Width, source.Height));
        using var picture = new AugmentPlan([edit], source.Width, source.Height).Run(source, CancellationToken.None);
        return picture.Pixels.ToArray();
    }
}
