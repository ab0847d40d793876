using PSFineTune.Imaging;

namespace PSFineTune.Augment.Edits;

/// <summary>Puts a rectangle of the other image in the same place of this one.</summary>
public sealed record PastePart : MixEdit
{
    /// <summary>Pixels from the image's left side.</summary>
    public int Left { get; init; }

    /// <summary>Pixels from the image's top.</summary>
    public int Top { get; init; }

    /// <summary>Pixels; 0 leaves the image as it is.</summary>
    public int Width { get; init; }

    /// <summary>Pixels; 0 leaves the image as it is.</summary>
    public int Height { get; init; }

    private protected override void Mix(Picture own, Picture other)
    {
        if (Left < 0 || Top < 0 || Width < 0 || Height < 0 || Left > own.Width - Width || Top > own.Height - Height) throw Fault.EditDoesNotFit(this, own.Width, own.Height);
        for (var y = Top; y < Top + Height; y++) other.Row(y).Slice(3 * Left, 3 * Width).CopyTo(own.Row(y)[(3 * Left)..]);
    }
}
