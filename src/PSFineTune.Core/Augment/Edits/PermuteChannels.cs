using PSFineTune.Imaging;

namespace PSFineTune.Augment.Edits;

/// <summary>Gives red, green and blue each the values of another channel.</summary>
public sealed record PermuteChannels : ColorEdit
{
    /// <summary>Which channel the new red, green and blue are: 0 is red, 1 green, 2 blue.</summary>
    public Numbers Order { get; init; } = new(0, 1, 2);

    internal override ColorPass Pass(Surveyed seen) => ColorPass.Of(new TakeChannels((int)Order[0], (int)Order[1], (int)Order[2]));
}
