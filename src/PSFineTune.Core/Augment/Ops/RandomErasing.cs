using PSFineTune.Augment.Edits;

namespace PSFineTune.Augment;

/// <summary>
/// Paints a random rectangle over with probability P (Zhong et al. 2017): area uniform in Scale, height to width log-uniform
/// in Ratio, ten tries to fit, else nothing.
/// </summary>
public sealed record RandomErasing : AugmentOp
{
    const int Tries = 10;

    /// <summary>0 to 1.</summary>
    public double P { get; init; } = 0.5;

    /// <summary>[least, most] part of the image's area, 0 to 1.</summary>
    public Numbers Scale { get; init; } = new(0.02, 0.33);

    /// <summary>[least, most] height to width, above 0.</summary>
    public Numbers Ratio { get; init; } = new(0.3, 3.3);

    /// <summary>Colour, one number or [red, green, blue], 0 to 255; null is normal noise, torchvision's 'random'.</summary>
    public Numbers? Value { get; init; } = 0;

    internal override Edit Draw(RandomStream random, Canvas canvas)
    {
        if (!random.Chance(P)) return Keep.Image;

        var area = (double)canvas.Width * canvas.Height;
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var target = area * random.Uniform(Scale[0], Scale[1]);
            var aspect = Math.Exp(random.Uniform(Math.Log(Ratio[0]), Math.Log(Ratio[1])));
            var (width, height) = (Math.Round(Math.Sqrt(target / aspect)), Math.Round(Math.Sqrt(target * aspect)));
            if (width >= canvas.Width || height >= canvas.Height) continue;

            var top = random.Below(canvas.Height - (int)height + 1);
            var left = random.Below(canvas.Width - (int)width + 1);
            return new Erase { Left = left, Top = top, Width = (int)width, Height = (int)height, Value = Value, NoiseKey = Value is null ? random.Next() : 0 };
        }
        return Keep.Image;
    }

    internal override void Validate()
    {
        RequireChance(P);
        RequireRange(Scale, 0, 1, nameof(Scale), "from 0 to 1");
        RequireRange(Ratio, 1e-6, 1e6, nameof(Ratio), "above 0");
        Require(Value is null || Value.Count is 1 or 3 && Value.All(value => value is >= 0 and <= 255), nameof(Value), Value, "left out, null for noise, one number or [red, green, blue], from 0 to 255");
    }
}
