using PSFineTune.Augment.Edits;
using PSFineTune.Imaging;

namespace PSFineTune.Augment;

/// <summary>Cuts out a part of fixed size at a random place, every place equally likely.</summary>
public sealed record RandomCrop : AugmentOp
{
    /// <summary>Side of the square, or [height, width], pixels; null is the model's input size.</summary>
    public Numbers? Size { get; init; }

    /// <summary>Pixels added first: for all sides, [left and right, top and bottom], or [left, top, right, bottom]; null adds none.</summary>
    public Numbers? Padding { get; init; }

    /// <summary>Whether an image that is still smaller than Size is padded on both sides by what it lacks; otherwise it is refused.</summary>
    public bool PadIfNeeded { get; init; }

    /// <summary>Colour of the Constant mode: one number or [red, green, blue], 0 to 255.</summary>
    public Numbers Fill { get; init; } = 0;

    public PaddingMode PaddingMode { get; init; }

    internal override Edit Draw(RandomStream random, Canvas canvas)
    {
        var (height, width) = (Size ?? canvas.InputSize).ToSize();
        var (left, top, right, bottom) = Pad.Sides(Padding ?? 0);
        return new Crop
        {
            Left = Start(random, canvas, left, canvas.Width + left + right, width),
            Top = Start(random, canvas, top, canvas.Height + top + bottom, height),
            Width = width, Height = height, PaddingMode = PaddingMode, Fill = Fill,
        };
    }

    internal override void Validate()
    {
        RequireSize(Size, nameof(Size));
        if (Padding is not null) RequirePadding(Padding, nameof(Padding));
        RequireFill(Fill);
    }

    /// <param name="random">The op's.</param>
    /// <param name="canvas">The image, for a fault.</param>
    /// <param name="before">Pixels of padding before the image.</param>
    /// <param name="padded">Pixels with all padding.</param>
    /// <param name="size">Pixels wanted.</param>
    int Start(RandomStream random, Canvas canvas, int before, int padded, int size)
    {
        var lacking = Math.Max(0, size - padded);
        if (lacking > 0 && !PadIfNeeded) throw Fault.CropLargerThanImage(canvas.Width, canvas.Height, size);
        return random.Below(padded + 2 * lacking - size + 1) - before - lacking;
    }
}
