using PSFineTune.Imaging;

namespace PSFineTune.Augment.Edits;

/// <summary>Gain * value ^ Gamma, for values from 0 to 1: a gamma above 1 darkens the shadows, one below 1 lightens them.</summary>
public sealed record AdjustGamma : ColorEdit
{
    // Torch casts 0..1 to uint8 by a factor of 255.999 and cuts.
    const double ToByte = 255.999;

    /// <summary>0 or more; 1 changes nothing.</summary>
    public double Gamma { get; init; } = 1;

    /// <summary>0 or more.</summary>
    public double Gain { get; init; } = 1;

    internal override ColorPass Pass(Surveyed seen)
    {
        var table = new byte[LookupPass.Size];
        for (var level = 0; level < LookupPass.Levels; level++)
            table[level] = (byte)(Math.Clamp(Gain * Math.Pow(level / 255.0, Gamma), 0, 1) * ToByte);
        table.AsSpan(0, LookupPass.Levels).CopyTo(table.AsSpan(LookupPass.Levels));
        table.AsSpan(0, LookupPass.Levels).CopyTo(table.AsSpan(2 * LookupPass.Levels));
        return new LookupPass(table);
    }
}
