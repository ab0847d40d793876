using PSFineTune.Augment.Edits;
using PSFineTune.Models;

namespace PSFineTune.Augment;

/// <summary>Shows the image in a random perspective with probability P: each corner moves inwards by uniformly drawn whole pixels.</summary>
public sealed record RandomPerspective : AugmentOp
{
    /// <summary>The most a corner may move, part of half the width and half the height, 0 to 1.</summary>
    public double DistortionScale { get; init; } = 0.5;

    /// <summary>0 to 1.</summary>
    public double P { get; init; } = 0.5;

    /// <summary>Nearest or Bilinear.</summary>
    public Interpolation Interpolation { get; init; } = Interpolation.Bilinear;

    /// <summary>Colour beyond the image: one number or [red, green, blue], 0 to 255.</summary>
    public Numbers Fill { get; init; } = 0;

    internal override Edit Draw(RandomStream random, Canvas canvas)
    {
        if (!random.Chance(P)) return Keep.Image;

        var (right, bottom) = (canvas.Width - 1, canvas.Height - 1);
        int Across() => random.Below((int)(DistortionScale * (canvas.Width / 2)) + 1);
        int Down() => random.Below((int)(DistortionScale * (canvas.Height / 2)) + 1);
        return new Perspective
        {
            EndPoints = new(Across(), Down(), right - Across(), Down(), right - Across(), bottom - Down(), Across(), bottom - Down()),
            Interpolation = Interpolation, Fill = Fill,
        };
    }

    internal override void Validate()
    {
        Require(DistortionScale is >= 0 and <= 1, nameof(DistortionScale), DistortionScale, "from 0 to 1");
        RequireChance(P);
        RequireNearestOrBilinear(Interpolation);
        RequireFill(Fill);
    }
}
