namespace PSFineTune.Augment;

/// <summary>
/// An op that mixes an image and its label with another training sample's, as the ops before it left that one. Torchvision takes
/// the neighbour in the batch and one weight a batch; here a sample draws its own partner and weight, so that nothing depends on
/// the batch it happens to be in.
/// </summary>
public abstract record MixOp : AugmentOp
{
    /// <summary>Of the Beta distribution of weights, above 0: 1 makes all equally likely, less makes most near 0 or 1.</summary>
    public double Alpha { get; init; } = 1;

    internal override void Validate() => Require(Alpha is > 0 and <= 1000, nameof(Alpha), Alpha, "above 0 and at most 1000");
}
