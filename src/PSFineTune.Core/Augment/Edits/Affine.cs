using PSFineTune.Imaging;
using PSFineTune.Models;

namespace PSFineTune.Augment.Edits;

/// <summary>Shears, turns, scales and shifts the image, which keeps its size.</summary>
public sealed record Affine : WarpEdit
{
    /// <summary>Clockwise, as torchvision counts here and only here.</summary>
    public double Degrees { get; init; }

    /// <summary>Pixels to the right.</summary>
    public double TranslateX { get; init; }

    /// <summary>Pixels down.</summary>
    public double TranslateY { get; init; }

    /// <summary>Above 0; 2 is twice as large.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Degrees along x, between -90 and 90.</summary>
    public double ShearX { get; init; }

    /// <summary>Degrees along y, between -90 and 90.</summary>
    public double ShearY { get; init; }

    /// <summary>Point that stays but for the shift, x and y in pixels from the top left corner; null is the image's centre.</summary>
    public Numbers? Center { get; init; }

    /// <summary>Nearest or Bilinear.</summary>
    public Interpolation Interpolation { get; init; } = Interpolation.Nearest;

    /// <summary>Colour beyond the image: one number or red, green and blue, 0 to 255.</summary>
    public Numbers Fill { get; init; } = 0;

    internal override Placement Place(int width, int height)
    {
        var centre = ((Center?[0] ?? 0.5 * width) - 0.5 * width, (Center?[1] ?? 0.5 * height) - 0.5 * height);
        return new(AffineMap.Of(Degrees, Scale, (ShearX, ShearY), (TranslateX, TranslateY), centre), (width, height), Interpolation, Fill.ToColor());
    }
}
