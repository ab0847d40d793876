using PSFineTune.Imaging;

namespace PSFineTune.Augment.Edits;

/// <summary>Cuts out a rectangle; what lies beyond the image is black.</summary>
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

    internal override (int Width, int Height) SizeAfter(int width, int height) => (Width, Height);

    internal override Picture Apply(Picture picture)
    {
        if ((Left, Top, Width, Height) == (0, 0, picture.Width, picture.Height)) return picture;
        var result = new Picture(Width, Height);
        var (left, right) = (Math.Clamp(Left, 0, picture.Width), Math.Clamp(Left + Width, 0, picture.Width));
        for (var y = 0; y < Height; y++)
        {
            var row = result.Row(y);
            if ((uint)(Top + y) >= (uint)picture.Height || left >= right)
            {
                row.Clear();
                continue;
            }
            row[..(3 * (left - Left))].Clear();
            picture.Row(Top + y)[(3 * left)..(3 * right)].CopyTo(row[(3 * (left - Left))..]);
            row[(3 * (right - Left))..].Clear();
        }
        picture.Dispose();
        return result;
    }
}
