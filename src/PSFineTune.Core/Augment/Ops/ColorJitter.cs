using PSFineTune.Augment.Edits;

namespace PSFineTune.Augment;

/// <summary>Changes brightness, contrast, saturation and hue by uniformly drawn factors, in random order; a setting of 0 leaves its part out.</summary>
public sealed record ColorJitter : AugmentOp
{
    /// <summary>One number b for factors from max(0, 1 - b) to 1 + b, or [low, high], 0 or more.</summary>
    public Numbers Brightness { get; init; } = 0;

    /// <summary>One number c for factors from max(0, 1 - c) to 1 + c, or [low, high], 0 or more.</summary>
    public Numbers Contrast { get; init; } = 0;

    /// <summary>One number s for factors from max(0, 1 - s) to 1 + s, or [low, high], 0 or more.</summary>
    public Numbers Saturation { get; init; } = 0;

    /// <summary>One number h for turns from -h to h of the circle, or [low, high], -0.5 to 0.5.</summary>
    public Numbers Hue { get; init; } = 0;

    internal override Edit Draw(RandomStream random, Canvas canvas)
    {
        var order = random.Permutation(4);
        var (brightness, contrast, saturation, hue) =
            (Factor(random, Brightness, 1, 0), Factor(random, Contrast, 1, 0), Factor(random, Saturation, 1, 0), Factor(random, Hue, 0, -0.5));
        var parts = new Edit[]
        {
            brightness == 1 ? Keep.Image : new AdjustBrightness { Factor = brightness },
            contrast == 1 ? Keep.Image : new AdjustContrast { Factor = contrast },
            saturation == 1 ? Keep.Image : new AdjustSaturation { Factor = saturation },
            hue == 0 ? Keep.Image : new AdjustHue { Factor = hue },
        };
        return new Sequence { Edits = [.. order.Select(part => parts[part]).Where(edit => edit is not Keep)] };
    }

    internal override void Validate()
    {
        foreach (var (setting, value) in new[] { (nameof(Brightness), Brightness), (nameof(Contrast), Contrast), (nameof(Saturation), Saturation) })
            Require(value.Count <= 2 && value.Rises && value.All(number => number >= 0 && double.IsFinite(number)), setting, value, "one number or [low, high], 0 or more");
        Require(Hue.Count <= 2 && Hue.Rises && Hue.All(number => Math.Abs(number) <= 0.5) && (Hue.Count == 2 || Hue[0] >= 0), nameof(Hue), Hue, "one number from 0 to 0.5, or [low, high] within -0.5 to 0.5");
    }

    static double Factor(RandomStream random, Numbers setting, double middle, double least)
    {
        var (low, high) = setting.Around(middle, least);
        return low == high ? low : random.Uniform(low, high);
    }
}
