using PSFineTune.Imaging;
using PSFineTune.Models;

namespace PSFineTune.Augment.Edits;

/// <summary>Turns the image about a point.</summary>
public sealed record Rotate : WarpEdit
{
    /// <summary>Counter-clockwise.</summary>
    public double Degrees { get; init; }

    /// <summary>Nearest or Bilinear.</summary>
    public Interpolation Interpolation { get; init; } = Interpolation.Nearest;

    /// <summary>Whether the result grows to hold the whole turned image; otherwise it has the image's size.</summary>
    public bool Expand { get; init; }

    /// <summary>Point to turn about, x and y in pixels from the top left corner; null is the image's centre.</summary>
    public Numbers? Center { get; init; }

    /// <summary>Colour beyond the image, one number or red, green and blue, 0 to 255.</summary>
    public Numbers Fill { get; init; } = 0;

    internal override Placement Place(int width, int height)
    {
        var map = AffineMap.Turn(Degrees, (Center?[0] ?? 0.5 * width) - 0.5 * width, (Center?[1] ?? 0.5 * height) - 0.5 * height);
        return new(map, Expand ? map.Expanded(width, height) : (width, height), Interpolation, Fill.ToColor());
    }
}
