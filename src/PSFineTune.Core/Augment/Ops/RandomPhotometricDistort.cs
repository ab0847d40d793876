using PSFineTune.Augment.Edits;

namespace PSFineTune.Augment;

/// <summary>
/// Changes brightness, contrast, saturation and hue, and exchanges channels, each with probability P (Liu et al. 2016, SSD);
/// contrast comes before saturation and hue or after them, half of the time each.
/// </summary>
public sealed record RandomPhotometricDistort : AugmentOp
{
    /// <summary>[least, most] factor, 0 or more.</summary>
    public Numbers Brightness { get; init; } = new(0.875, 1.125);

    /// <summary>[least, most] factor, 0 or more.</summary>
    public Numbers Contrast { get; init; } = new(0.5, 1.5);

    /// <summary>[least, most] factor, 0 or more.</summary>
    public Numbers Saturation { get; init; } = new(0.5, 1.5);

    /// <summary>[least, most] part of the full circle, -0.5 to 0.5.</summary>
    public Numbers Hue { get; init; } = new(-0.05, 0.05);

    /// <summary>Of each part, 0 to 1.</summary>
    public double P { get; init; } = 0.5;

    internal override Edit Draw(RandomStream random, Canvas canvas)
    {
        var contrastFirst = random.Chance(0.5);
        var brightness = Perhaps(random, Brightness, factor => new AdjustBrightness { Factor = factor });
        var contrast = Perhaps(random, Contrast, factor => new AdjustContrast { Factor = factor });
        var saturation = Perhaps(random, Saturation, factor => new AdjustSaturation { Factor = factor });
        var hue = Perhaps(random, Hue, factor => new AdjustHue { Factor = factor });
        var channels = random.Chance(P) ? new RandomChannelPermutation().Draw(random, canvas) : Keep.Image;
        return Sequence.Of(contrastFirst ? [brightness, contrast, saturation, hue, channels] : [brightness, saturation, hue, contrast, channels]);
    }

    internal override void Validate()
    {
        foreach (var (setting, value) in new[] { (nameof(Brightness), Brightness), (nameof(Contrast), Contrast), (nameof(Saturation), Saturation) })
            RequireRange(value, 0, double.MaxValue, setting, "0 or more");
        RequireRange(Hue, -0.5, 0.5, nameof(Hue), "within -0.5 to 0.5");
        RequireChance(P);
    }

    Edit Perhaps(RandomStream random, Numbers range, Func<double, Edit> edit) => random.Chance(P) ? edit(random.Uniform(range[0], range[1])) : Keep.Image;
}
