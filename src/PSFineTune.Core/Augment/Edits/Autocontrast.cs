using PSFineTune.Imaging;

namespace PSFineTune.Augment.Edits;

/// <summary>Stretches every channel so that its smallest value is 0 and its largest 255; a channel of one value stays.</summary>
public sealed record Autocontrast : ColorEdit
{
    internal override Survey Needs => Survey.Histograms;

    internal override ColorPass Pass(Surveyed seen) => ColorPass.Of(new Stretch(seen.Extremes(0), seen.Extremes(1), seen.Extremes(2)));
}
