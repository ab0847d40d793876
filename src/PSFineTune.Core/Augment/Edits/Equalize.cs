using PSFineTune.Imaging;

namespace PSFineTune.Augment.Edits;

/// <summary>
/// Spreads every channel's values so that each level is about equally frequent, in the whole numbers of Pillow: with a step
/// of (pixels below the largest value) / 255, level v becomes (pixels below v + step / 2) / step.
/// </summary>
public sealed record Equalize : ColorEdit
{
    internal override Survey Needs => Survey.Histograms;

    internal override ColorPass Pass(Surveyed seen)
    {
        var table = new byte[LookupPass.Size];
        for (var channel = 0; channel < 3; channel++)
            Spread(seen.Histograms.AsSpan(LookupPass.Levels * channel, LookupPass.Levels), table.AsSpan(LookupPass.Levels * channel, LookupPass.Levels));
        return new LookupPass(table);
    }

    static void Spread(ReadOnlySpan<int> counts, Span<byte> levels)
    {
        var below = 0;
        foreach (var count in counts) below += count;
        var last = counts.LastIndexOfAnyExcept(0);
        var step = last < 0 ? 0 : (below - counts[last]) / 255;

        below = 0;
        for (var level = 0; level < levels.Length; level++)
        {
            // Too few pixels for a step: the channel stays.
            levels[level] = step == 0 ? (byte)level : (byte)Math.Min(255, (below + step / 2) / step);
            below += counts[level];
        }
    }
}
