using PSFineTune.Augment.Edits;
using PSFineTune.Models;

namespace PSFineTune.Augment;

/// <summary>
/// Cuts out a random part and resizes it: area uniform in Scale, width to height log-uniform in Ratio (Szegedy et al.
/// 2015, as torchvision draws it: ten tries, then the centre).
/// </summary>
public sealed record RandomResizedCrop : AugmentOp
{
    const int Tries = 10;

    /// <summary>Side of the square result, or [height, width], pixels; null is the model's input size.</summary>
    public Numbers? Size { get; init; }

    /// <summary>Least and most part of the image's area, above 0 to 1.</summary>
    public Numbers Scale { get; init; } = new(0.08, 1);

    /// <summary>Least and most width to height, above 0.</summary>
    public Numbers Ratio { get; init; } = new(3.0 / 4, 4.0 / 3);

    public Interpolation Interpolation { get; init; } = Interpolation.Bilinear;

    internal override Edit Draw(RandomStream random, Canvas canvas)
    {
        var (toHeight, toWidth) = (Size ?? canvas.InputSize).ToSize();
        var (left, top, width, height) = Part(random, canvas);
        return new ResizedCrop { Left = left, Top = top, Width = width, Height = height, ToWidth = toWidth, ToHeight = toHeight, Interpolation = Interpolation };
    }

    internal override void Validate()
    {
        RequireSize(Size, nameof(Size));
        Require(Scale.Count == 2 && Scale.Rises && Scale.All(value => value is > 0 and <= 1), nameof(Scale), Scale, "[least, most], both above 0 and at most 1");
        Require(Ratio.Count == 2 && Ratio.Rises && Ratio.All(value => value > 0 && double.IsFinite(value)), nameof(Ratio), Ratio, "[least, most], both above 0");
    }

    (int Left, int Top, int Width, int Height) Part(RandomStream random, Canvas canvas)
    {
        var area = (double)canvas.Width * canvas.Height;
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var target = area * random.Uniform(Scale[0], Scale[1]);
            var aspect = Math.Exp(random.Uniform(Math.Log(Ratio[0]), Math.Log(Ratio[1])));
            var (width, height) = (Math.Round(Math.Sqrt(target * aspect)), Math.Round(Math.Sqrt(target / aspect)));
            if (width < 1 || width > canvas.Width || height < 1 || height > canvas.Height) continue;

            var top = random.Below(canvas.Height - (int)height + 1);
            return (random.Below(canvas.Width - (int)width + 1), top, (int)width, (int)height);
        }
        return Centre(canvas);
    }

    /// <summary>The largest part in the middle whose shape is within Ratio.</summary>
    (int Left, int Top, int Width, int Height) Centre(Canvas canvas)
    {
        var (width, height) = (canvas.Width, canvas.Height);
        var aspect = (double)width / height;
        if (aspect < Ratio[0]) height = Math.Clamp((int)Math.Round(width / Ratio[0]), 1, height);
        else if (aspect > Ratio[1]) width = Math.Clamp((int)Math.Round(height * Ratio[1]), 1, width);
        return ((canvas.Width - width) / 2, (canvas.Height - height) / 2, width, height);
    }
}
