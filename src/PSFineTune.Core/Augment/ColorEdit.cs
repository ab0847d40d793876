using PSFineTune.Augment.Stages;
using PSFineTune.Imaging;

namespace PSFineTune.Augment;

/// <summary>An edit that looks at one pixel at a time, so that neighbouring ones share a pass over the pixels.</summary>
public abstract record ColorEdit : Edit
{
    /// <summary>What must be known of the whole image before its first pixel is changed.</summary>
    internal virtual Survey Needs => Survey.None;

    /// <summary>The edit made ready for one image.</summary>
    /// <param name="seen">What <see cref="Needs"/> asked for.</param>
    internal abstract ColorPass Pass(Surveyed seen);

    internal sealed override Picture Apply(Picture picture) => new ColorStage(this).Run(picture, CancellationToken.None);
}
