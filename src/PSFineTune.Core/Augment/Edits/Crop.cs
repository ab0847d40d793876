using PSFineTune.Imaging;

namespace PSFineTune.Augment.Edits;

/// <summary>Cuts out a rectangle, which may reach beyond the image.</summary>
public sealed record Crop : Edit
{
    /// <summary>Pixels from the image's left side; below 0 it pads.</summary>
    public int Left { get; init; }

    /// <summary>Pixels from the image's top; below 0 it pads.</summary>
    public int Top { get; init; }

    /// <summary>Pixels, above 0.</summary>
    public int Width { get; init; } = 1;

    /// <summary>Pixels, above 0.</summary>
    public int Height { get; init; } = 1;

    /// <summary>What lies beyond the image.</summary>
    public PaddingMode PaddingMode { get; init; }

    /// <summary>Colour beyond the image where the mode is Constant: one number or red, green and blue, 0 to 255.</summary>
    public Numbers Fill { get; init; } = 0;

    internal override (int Width, int Height) SizeAfter(int width, int height) => (Width, Height);

    internal override Picture Apply(Picture picture)
    {
        if ((Left, Top, Width, Height) == (0, 0, picture.Width, picture.Height)) return picture;
        using (picture) return Cropper.Cut(picture, new(Left, Top, Width, Height), PaddingMode, Fill.ToColor());
    }
}
