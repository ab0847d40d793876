namespace PSFineTune.Imaging;

/// <summary>What a change of colour has to know of a whole picture.</summary>
[Flags]
enum Survey
{
    None = 0,
    MeanGray = 1,
    Histograms = 2,
}

/// <summary>What a look at a whole picture told.</summary>
/// <param name="MeanGray">Mean of torchvision's gray, 0 to 255.</param>
/// <param name="Histograms">How many pixels have each level: 256 of red, then green, then blue; empty where they were not asked for.</param>
readonly record struct Surveyed(double MeanGray, int[] Histograms)
{
    public static Surveyed Of(Picture picture, Survey what) => new(
        what.HasFlag(Survey.MeanGray) ? PixelBlock.MeanGray(picture) : 0,
        what.HasFlag(Survey.Histograms) ? Counted(picture.Pixels) : []);

    static int[] Counted(ReadOnlySpan<byte> pixels)
    {
        var counts = new int[3 * 256];
        for (var i = 0; i + 2 < pixels.Length; i += 3)
        {
            counts[pixels[i]]++;
            counts[256 + pixels[i + 1]]++;
            counts[512 + pixels[i + 2]]++;
        }
        return counts;
    }
}
