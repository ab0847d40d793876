using PSFineTune.Augment.Edits;
using PSFineTune.Imaging;
using PSFineTune.Models;

namespace PSFineTune.Augment.Stages;

/// <summary>A bilinear warp with the crops inside it and the flips that follow: they change which places are sampled, and cost nothing. Or a nearest one alone.</summary>
sealed class WarpStage(int width, int height) : Stage
{
    Placement? _place;

    public override bool TryAdd(Edit edit)
    {
        if (_place is not { } place)
        {
            if (edit is not WarpEdit warp) return false;
            _place = warp.Place(width, height);
            return true;
        }
        // A place halfway between two pixels must not come to lie beyond: nearest would take the other.
        if (place.How == Interpolation.Nearest) return false;
        var (map, size) = (place.Map, place.Size);
        switch (edit)
        {
            case Flip { Direction: FlipDirection.Horizontal }:
                _place = place with { Map = map with { A = -map.A, D = -map.D } };
                return true;
            case Flip:
                _place = place with { Map = map with { B = -map.B, E = -map.E } };
                return true;
            case Crop crop when new Window(crop.Left, crop.Top, crop.Width, crop.Height).LiesIn(size.Width, size.Height):
                // From centre to centre.
                var (x, y) = (crop.Left + 0.5 * (crop.Width - size.Width), crop.Top + 0.5 * (crop.Height - size.Height));
                _place = place with { Map = map with { C = map.C + map.A * x + map.B * y, F = map.F + map.D * x + map.E * y }, Size = (crop.Width, crop.Height) };
                return true;
            default:
                return false;
        }
    }

    public override Picture Run(Picture picture, CancellationToken cancel)
    {
        var place = _place!.Value;
        cancel.ThrowIfCancellationRequested();
        using (picture) return Warp.Apply(picture, place.Map, place.Size, place.How, place.Fill);
    }
}
