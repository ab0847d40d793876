using PSFineTune.Imaging;

namespace PSFineTune.Augment;

/// <summary>
/// What an op has decided to do to one image, as numbers: no randomness is left, so the same edit makes the same
/// pixels again, bit for bit. JSON round-trips.
/// </summary>
public abstract record Edit
{
    /// <summary>The edited image: the one given, changed in place, or a new one, in which case the given one is disposed.</summary>
    internal abstract Picture Apply(Picture picture);

    /// <summary>Size of the edited image, known without its pixels.</summary>
    internal virtual (int Width, int Height) SizeAfter(int width, int height) => (width, height);
}
