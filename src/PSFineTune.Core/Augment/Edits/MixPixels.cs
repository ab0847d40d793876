using PSFineTune.Imaging;

namespace PSFineTune.Augment.Edits;

/// <summary>Share * image + (1 - Share) * other, pixel by pixel.</summary>
public sealed record MixPixels : MixEdit
{
    private protected override void Mix(Picture own, Picture other) => Blend.Into(own, [own, other], [(float)Share, (float)(1 - Share)]);
}
