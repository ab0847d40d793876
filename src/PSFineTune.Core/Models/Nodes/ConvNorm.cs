namespace PSFineTune.Models.Nodes;

/// <summary>A convolution without bias, its batch norm and what follows, under torchvision's names 0 and 1.</summary>
static class ConvNorm
{
    /// <param name="conv">Named 0.</param>
    /// <param name="then">What follows; null for nothing.</param>
    /// <param name="norm">Named 1; null for one with PyTorch's defaults.</param>
    public static Sequence Of(Conv conv, Node? then = null, BatchNorm? norm = null)
    {
        Named[] both = [("0", conv), ("1", norm ?? new BatchNorm(conv.Out))];
        return then is null ? new(both) : new([.. both, ("", then)]);
    }
}
