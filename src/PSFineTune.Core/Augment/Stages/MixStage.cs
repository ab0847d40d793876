using PSFineTune.Imaging;

namespace PSFineTune.Augment.Stages;

/// <summary>An edit that mixes, with the picture of its partner.</summary>
/// <param name="edit">The edit.</param>
/// <param name="partnerOf">Makes the partner's picture, or null where the edit itself knows it.</param>
sealed class MixStage(MixEdit edit, Func<MixEdit, Picture>? partnerOf) : Stage
{
    public override Picture Run(Picture picture, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (partnerOf is null) return edit.Apply(picture);
        using var partner = partnerOf(edit);
        return edit.Mixed(picture, partner);
    }
}
