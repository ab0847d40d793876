using PSFineTune.Imaging;

namespace PSFineTune.Augment.Edits;

/// <summary>Writes the image as JPEG and reads it again.</summary>
public sealed record Recompress : Edit
{
    /// <summary>1, the worst, to 100.</summary>
    public int Quality { get; init; } = 100;

    internal override Picture Apply(Picture picture)
    {
        using (picture) return ImageFile.Decode(ImageWriter.Encode(picture, ImageFormat.Jpeg, Quality), "recompressed picture");
    }
}
