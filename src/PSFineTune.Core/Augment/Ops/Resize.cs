using PSFineTune.Augment.Edits;
using PSFineTune.Models;

namespace PSFineTune.Augment;

/// <summary>Resizes the image, antialiased; draws nothing.</summary>
public sealed record Resize : AugmentOp
{
    /// <summary>The shorter side, the longer in proportion; or [height, width]; pixels. Null is the model's input size.</summary>
    public Numbers? Size { get; init; }

    /// <summary>The most the longer side may have, pixels, above a Size that is one number; null is no limit.</summary>
    public int? MaxSize { get; init; }

    public Interpolation Interpolation { get; init; } = Interpolation.Bilinear;

    internal override Edit Draw(RandomStream random, Canvas canvas)
    {
        var (width, height) = Target(canvas);
        return new ResizedCrop { Width = canvas.Width, Height = canvas.Height, ToWidth = width, ToHeight = height, Interpolation = Interpolation };
    }

    internal override void Validate()
    {
        RequireSize(Size, nameof(Size));
        Require(MaxSize is null || Size is { Count: 1 } && MaxSize > Size[0], nameof(MaxSize), MaxSize, "left out, or above a Size that is one number");
    }

    (int Width, int Height) Target(Canvas canvas)
    {
        if (Size is { Count: 2 }) return ((int)Size[1], (int)Size[0]);

        var (shorter, longer) = (Math.Min(canvas.Width, canvas.Height), Math.Max(canvas.Width, canvas.Height));
        var newShorter = (int)(Size?[0] ?? canvas.InputSize);
        var newLonger = (int)((long)newShorter * longer / shorter);
        if (newLonger > MaxSize) (newShorter, newLonger) = (Math.Max(1, (int)((long)MaxSize.Value * newShorter / newLonger)), MaxSize.Value);
        return canvas.Width <= canvas.Height ? (newShorter, newLonger) : (newLonger, newShorter);
    }
}
