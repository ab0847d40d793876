using PSFineTune.Imaging;

namespace PSFineTune.Augment.Edits;

/// <summary>The direction in which a flip swaps sides.</summary>
public enum FlipDirection { Horizontal, Vertical }

/// <summary>Mirrors the image left to right, or top to bottom, in place.</summary>
public sealed record Flip : Edit
{
    public FlipDirection Direction { get; init; }

    internal override Picture Apply(Picture picture)
    {
        if (Direction == FlipDirection.Horizontal) Mirror.Rows(picture);
        else Mirror.Columns(picture);
        return picture;
    }
}
