namespace PSFineTune.Embeddings;

/// <summary>
/// Where the edges of a picture are and which way they run: histograms of gradients in cells, weighed by their strength and
/// spread over the two nearest of nine directions (Dalal and Triggs 2005, Histograms of oriented gradients for human
/// detection), square roots of their shares of the picture's.
/// </summary>
static class Gradients
{
    /// <summary>Numbers of each cell.</summary>
    public const int Directions = 9;

    /// <param name="luma">Side x side, row after row, 0 to 1.</param>
    /// <param name="side">A multiple of the cells.</param>
    /// <param name="cells">Along each side.</param>
    /// <param name="histograms">Cell after cell.</param>
    public static void Of(ReadOnlySpan<float> luma, int side, int cells, Span<float> histograms)
    {
        histograms.Clear();
        var (cell, total) = (side / cells, 1e-3f);
        // The outermost pixels have no neighbour at one side.
        for (var y = 1; y < side - 1; y++)
            for (var x = 1; x < side - 1; x++)
            {
                var (across, down) = (luma[y * side + x + 1] - luma[y * side + x - 1], luma[(y + 1) * side + x] - luma[(y - 1) * side + x]);
                var strength = MathF.Sqrt(across * across + down * down);
                if (strength == 0) continue;
                // Of a half turn: an edge from dark to bright runs as one from bright to dark.
                var place = (MathF.Atan2(down, across) / MathF.PI + 1) % 1 * Directions;
                var (below, share) = ((int)place, place - (int)place);
                var at = (y / cell * cells + x / cell) * Directions;
                histograms[at + below % Directions] += strength * (1 - share);
                histograms[at + (below + 1) % Directions] += strength * share;
                total += strength;
            }
        foreach (ref var value in histograms) value = MathF.Sqrt(value / total);
    }
}
