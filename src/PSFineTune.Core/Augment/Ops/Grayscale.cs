using PSFineTune.Augment.Edits;

namespace PSFineTune.Augment;

/// <summary>Makes the image gray, in three equal channels, as models expect. Draws nothing.</summary>
public sealed record Grayscale : AugmentOp
{
    internal override Edit Draw(RandomStream random, Canvas canvas) => new ToGray();
}
