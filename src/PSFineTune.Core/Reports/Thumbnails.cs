using PSFineTune.Augment;
using PSFineTune.Imaging;
using PSFineTune.Pictures;
using SkiaSharp;

namespace PSFineTune.Reports;

/// <summary>Makes small pictures that are together no larger than a page can bear.</summary>
/// <param name="planned">How many will be asked for, at most.</param>
sealed class Thumbnails(int planned)
{
    /// <summary>Bytes of all pictures of a page; in it they take a third more.</summary>
    const int Budget = 1_700_000;

    /// <summary>Shares that may be used ahead, so that one rich picture does not make all others poor.</summary>
    const int Credit = 12;

    // From what is good to look at on a screen of fine pixels to what just shows what it is.
    static readonly (int Side, int Quality)[] s_steps = [(176, 82), (144, 78), (120, 75), (96, 72), (80, 68), (64, 62), (48, 50), (32, 40)];

    readonly int _share = Budget / Math.Max(1, planned);

    int _step, _made;
    long _used;

    /// <summary>A picture file, made smaller and coarser until it is within its share.</summary>
    /// <param name="picture">Left as it is.</param>
    public (byte[] File, int Width, int Height) Of(Picture picture)
    {
        while (true)
        {
            var (side, quality) = s_steps[_step];
            var scale = Math.Min(1, side / (double)Math.Max(picture.Width, picture.Height));
            var (width, height) = (Math.Max(1, (int)Math.Round(picture.Width * scale)), Math.Max(1, (int)Math.Round(picture.Height * scale)));
            using var small = GridRenderer.Resized(picture, width, height);
            using var pixels = small.PeekPixels();
            using var data = pixels.Encode(SKEncodedImageFormat.Jpeg, quality)!;
            if (_used + data.Size > _share * (_made + Credit) && _step < s_steps.Length - 1)
            {
                // The next picture begins at this size, too: pictures of one page should look alike.
                _step++;
                continue;
            }
            (_used, _made) = (_used + data.Size, _made + 1);
            return (data.ToArray(), width, height);
        }
    }

    /// <summary>The sample with its picture; without one where the file cannot be read.</summary>
    public ShownSample Of(ShownSample sample, string path)
    {
        try
        {
            using var encoded = EncodedImage.Open(SourceImage.Read(path).Bytes, path);
            using var decoded = encoded.Decode(EncodedImage.ShrinkTo(s_steps[0].Side, (encoded.Width, encoded.Height))).Part.Picture;
            var (file, width, height) = Of(decoded);
            return sample with { Picture = file, Size = (width, height) };
        }
        catch (FineTuneException)
        {
            return sample;
        }
    }
}
