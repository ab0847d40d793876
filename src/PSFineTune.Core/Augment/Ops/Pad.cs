using PSFineTune.Augment.Edits;
using PSFineTune.Imaging;

namespace PSFineTune.Augment;

/// <summary>Adds pixels around the image; draws nothing.</summary>
public sealed record Pad : AugmentOp
{
    /// <summary>
    /// Pixels for all sides, [left and right, top and bottom], or [left, top, right, bottom]. Torchvision has no default;
    /// 4 is what CIFAR's 32 pixels are padded by.
    /// </summary>
    public Numbers Padding { get; init; } = 4;

    /// <summary>Colour of the Constant mode: one number or [red, green, blue], 0 to 255.</summary>
    public Numbers Fill { get; init; } = 0;

    public PaddingMode PaddingMode { get; init; }

    internal override Edit Draw(RandomStream random, Canvas canvas)
    {
        var (left, top, right, bottom) = Sides(Padding);
        return new Crop
        {
            Left = -left, Top = -top, Width = canvas.Width + left + right, Height = canvas.Height + top + bottom, PaddingMode = PaddingMode, Fill = Fill,
        };
    }

    internal override void Validate()
    {
        RequirePadding(Padding, nameof(Padding));
        RequireFill(Fill);
    }

    /// <summary>What one, two or four numbers of padding are for each side, pixels.</summary>
    internal static (int Left, int Top, int Right, int Bottom) Sides(Numbers padding)
    {
        int Side(int side) => (int)padding[side % padding.Count];
        return (Side(0), Side(1), Side(2), Side(3));
    }
}
