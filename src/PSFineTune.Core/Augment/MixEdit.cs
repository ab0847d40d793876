using PSFineTune.Imaging;

namespace PSFineTune.Augment;

/// <summary>An edit that mixes the image with another sample's; the label becomes a mixture, too.</summary>
public abstract record MixEdit : Edit
{
    /// <summary>Which of the samples that it may be mixed with, as a place among them: 0 to below 1.</summary>
    public double Partner { get; init; }

    /// <summary>How much of the label stays the image's own, 0 to 1; the rest is the other's.</summary>
    public double Share { get; init; } = 1;

    /// <summary>The other sample with its edits, so that the picture can be made again; null where those who apply the edit know the samples.</summary>
    public AugmentDraw? Other { get; init; }

    /// <summary>What lies at a place among others.</summary>
    /// <param name="place">0 to below 1.</param>
    /// <param name="among">Not empty.</param>
    internal static T At<T>(double place, IReadOnlyList<T> among) => among[(int)(place * among.Count)];

    /// <summary>The image mixed with another, which is left as it is; another of another size is resized first.</summary>
    internal Picture Mixed(Picture own, Picture other)
    {
        if ((other.Width, other.Height) == (own.Width, own.Height))
        {
            Mix(own, other);
            return own;
        }
        using var resized = Resampler.Resample(other, new(0, 0, other.Width, other.Height), own.Width, own.Height, Models.Interpolation.Bilinear);
        Mix(own, resized);
        return own;
    }

    internal sealed override Picture Apply(Picture picture)
    {
        using var other = Other?.Apply();
        return other is null ? picture : Mixed(picture, other);
    }

    /// <summary>Changes the first in place.</summary>
    private protected abstract void Mix(Picture own, Picture other);

    /// <summary>The mixing edits among some, those inside others too, in order.</summary>
    internal static IEnumerable<MixEdit> In(IEnumerable<Edit> edits) =>
        edits.SelectMany(edit => edit is Edits.Sequence many ? In(many.Edits) : edit is MixEdit mix ? [mix] : Array.Empty<MixEdit>());

    /// <summary>The same edits where each that mixes is replaced.</summary>
    internal static Edit With(Edit edit, Func<MixEdit, Edit> replaced) => edit switch
    {
        Edits.Sequence many => Edits.Sequence.Of(many.Edits.Select(inner => With(inner, replaced))),
        MixEdit mix => replaced(mix),
        _ => edit,
    };
}
