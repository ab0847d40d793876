using PSFineTune.Augment.Edits;

namespace PSFineTune.Augment;

/// <summary>Cuts out the middle; a smaller image is first set in the middle of black. Draws nothing.</summary>
public sealed record CenterCrop : AugmentOp
{
    /// <summary>Side of the square, or [height, width], pixels; null is the model's input size.</summary>
    public Numbers? Size { get; init; }

    internal override Edit Draw(RandomStream random, Canvas canvas)
    {
        var (height, width) = (Size ?? canvas.InputSize).ToSize();
        return new Crop { Left = Start(canvas.Width, width), Top = Start(canvas.Height, height), Width = width, Height = height };
    }

    internal override void Validate() => RequireSize(Size, nameof(Size));

    /// <summary>Torchvision pads the odd pixel at the end, and crops halves rounded to even.</summary>
    static int Start(int from, int to) => from < to ? -((to - from) / 2) : (int)Math.Round((from - to) / 2.0);
}
