using PSFineTune.Imaging;
using PSFineTune.Models;

namespace PSFineTune.Augment.Edits;

/// <summary>Shows the image in perspective: each corner moves to a place of its own. Corners that come to lie in a line leave the image as it is.</summary>
public sealed record Perspective : Edit
{
    /// <summary>Where the corners go, top left, top right, bottom right, bottom left: x and y of each, pixels; null keeps them.</summary>
    public Numbers? EndPoints { get; init; }

    /// <summary>Nearest or Bilinear.</summary>
    public Interpolation Interpolation { get; init; } = Interpolation.Bilinear;

    /// <summary>Colour beyond the image: one number or red, green and blue, 0 to 255.</summary>
    public Numbers Fill { get; init; } = 0;

    internal override Picture Apply(Picture picture)
    {
        var (right, bottom) = (picture.Width - 1, picture.Height - 1);
        if (EndPoints is null || Projection.Between([0, 0, right, 0, right, bottom, 0, bottom], EndPoints.ToArray()) is not { } map) return picture;
        using (picture) return Warp.Apply(picture, map, Interpolation, Fill.ToColor());
    }
}
