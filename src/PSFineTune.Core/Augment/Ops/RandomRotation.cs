using PSFineTune.Augment.Edits;
using PSFineTune.Models;

namespace PSFineTune.Augment;

/// <summary>Turns the image by a uniformly drawn angle.</summary>
public sealed record RandomRotation : AugmentOp
{
    /// <summary>Counter-clockwise: one number d for -d to d, or [low, high].</summary>
    public Numbers Degrees { get; init; } = 15;

    /// <summary>Nearest or Bilinear.</summary>
    public Interpolation Interpolation { get; init; } = Interpolation.Nearest;

    /// <summary>Whether the result grows to hold the whole turned image; otherwise it has the image's size.</summary>
    public bool Expand { get; init; }

    /// <summary>[x, y] to turn about, pixels from the top left corner; null is the image's centre.</summary>
    public Numbers? Center { get; init; }

    /// <summary>Colour beyond the image: one number or [red, green, blue], 0 to 255.</summary>
    public Numbers Fill { get; init; } = 0;

    internal override Edit Draw(RandomStream random, Canvas canvas)
    {
        var (low, high) = Degrees.Around(0);
        return new Rotate { Degrees = random.Uniform(low, high), Interpolation = Interpolation, Expand = Expand, Center = Center, Fill = Fill };
    }

    internal override void Validate()
    {
        Require(Degrees.Count <= 2 && Degrees.Rises && Degrees.All(double.IsFinite) && (Degrees.Count == 2 || Degrees[0] >= 0), nameof(Degrees), Degrees, "one number, 0 or more, or [low, high]");
        RequireNearestOrBilinear(Interpolation);
        Require(Center is null || Center.Count == 2 && Center.All(double.IsFinite), nameof(Center), Center, "left out, or [x, y]");
        RequireFill(Fill);
    }
}
