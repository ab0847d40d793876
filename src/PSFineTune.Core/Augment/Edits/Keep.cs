using PSFineTune.Imaging;

namespace PSFineTune.Augment.Edits;

/// <summary>Leaves the image as it is: what an op draws when its chance does not come up.</summary>
public sealed record Keep : Edit
{
    internal static Keep Image { get; } = new();

    internal override Picture Apply(Picture picture) => picture;
}
