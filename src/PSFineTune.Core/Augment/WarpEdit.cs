using PSFineTune.Imaging;

namespace PSFineTune.Augment;

/// <summary>An edit that samples the image at places of an affine map.</summary>
public abstract record WarpEdit : Edit
{
    /// <summary>Where each pixel comes from, for an image of that size.</summary>
    internal abstract Placement Place(int width, int height);

    internal sealed override (int Width, int Height) SizeAfter(int width, int height) => Place(width, height).Size;

    internal sealed override Picture Apply(Picture picture)
    {
        var place = Place(picture.Width, picture.Height);
        using (picture) return Warp.Apply(picture, place.Map, place.Size, place.How, place.Fill);
    }
}
