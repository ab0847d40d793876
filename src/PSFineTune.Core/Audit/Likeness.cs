namespace PSFineTune.Audit;

/// <summary>When two pictures show the same. Hashes say which may; here it is decided, so that a false alarm is rare.</summary>
static class Likeness
{
    // Found on photos of clothes: copies in other sizes, qualities and brightness lie above, other photos of the same thing below.
    const float Shape = 0.97f, Detail = 0.9f, TurnedDetail = 0.92f, PartShape = 0.975f, PartDetail = 0.95f, Promising = 0.85f;

    /// <summary>Standard deviation of brightness, levels, below which a picture shows next to nothing and chance decides.</summary>
    public const float LeastContrast = 6;

    /// <summary>Whether it is worth to compare in full what two sketches are of.</summary>
    public static bool IsPromising(ReadOnlySpan<float> one, ReadOnlySpan<float> other) => Sketch.Likeness(one, other) >= Promising;

    // The same of its detail.
    const float LeastDetail = 2;

    /// <summary>All but the edges: where to begin to find how one picture of nearly the same view lies in the other.</summary>
    public static Share Most => new(0.02f, 0.02f, 0.96f, 0.96f);

    /// <summary>The parts that are tried first; what is cropped otherwise by a few hundredths is found from them.</summary>
    public static IReadOnlyList<Share> Parts { get; } =
        [.. Squares(0.9f, 3), .. Squares(0.8f, 4), .. Squares(0.7f, 5), .. Squares(0.6f, 5), .. Bands(0.75f), .. Bands(0.88f), new(0.25f, 0.25f, 0.5f, 0.5f)];

    /// <summary>The same, as hashes are taken of them.</summary>
    public static (Stretch Columns, Stretch Rows)[] Stretches { get; } = Stretched(Parts);

    /// <param name="one">A picture, as it may have been turned.</param>
    /// <param name="other">Another.</param>
    /// <param name="turned">Many things look much like their mirror image; more is asked then.</param>
    public static bool IsSame(Look one, Look other, bool turned) =>
        HasDetail(one) && HasDetail(other) && one.Shape(other) >= Shape && one.Detail(other) >= (turned ? TurnedDetail : Detail) && one.SharesColors(other);

    /// <summary>Whether there is enough to see to tell it from another.</summary>
    public static bool HasDetail(Look look) => look.Contrast >= LeastContrast && look.DetailContrast >= LeastDetail;

    /// <summary>The part near a given one that shows most of what another picture shows; null where none shows it at all.</summary>
    /// <param name="sketch">Of the larger view.</param>
    /// <param name="part">Where to begin.</param>
    /// <param name="mirrored">Left and right are changed.</param>
    /// <param name="other">The levels of the other picture.</param>
    public static Share? BestPart(Sketch sketch, Share part, bool mirrored, ReadOnlySpan<float> other)
    {
        Span<float> levels = stackalloc float[Sketch.Size];
        sketch.Take(part, mirrored, levels);
        var best = Sketch.Likeness(levels, other);
        if (best < Promising) return null;
        for (var step = 0.04f; step > 0.004f; step /= 2)
            for (var better = true; better;)
            {
                better = false;
                foreach (var moved in Moves(part, step))
                {
                    if (!moved.IsInside) continue;
                    sketch.Take(moved, mirrored, levels);
                    if (Sketch.Likeness(levels, other) is var shape && shape <= best + 1e-4f) continue;
                    (best, part, better) = (shape, moved, true);
                }
            }
        return best >= PartShape ? part : null;
    }

    /// <summary>Whether a part of a picture shows what another picture shows.</summary>
    public static bool IsPart(Look part, Look other) =>
        HasDetail(part) && HasDetail(other) && part.Shape(other) >= PartShape && part.Detail(other) >= PartDetail && part.SharesColors(other);

    static IEnumerable<Share> Moves(Share share, float step)
    {
        foreach (var sign in (float[])[step, -step])
        {
            yield return share with { Left = share.Left + sign };
            yield return share with { Top = share.Top + sign };
            yield return new(share.Left - sign / 2, share.Top - sign / 2, share.Width + sign, share.Height + sign);
            yield return share with { Width = share.Width + sign };
            yield return share with { Height = share.Height + sign };
        }
    }

    // A part of that side in so many places across and down; those with the same columns follow each other, which a sketch takes at once.
    static IEnumerable<Share> Squares(float side, int places) =>
        from x in Enumerable.Range(0, places) from y in Enumerable.Range(0, places) select new Share(x * (1 - side) / (places - 1), y * (1 - side) / (places - 1), side, side);

    // What is left of a picture whose edges were cut at two sides, or at one.
    static IEnumerable<Share> Bands(float side) =>
        [.. Enumerable.Range(0, 3).Select(place => new Share(place * (1 - side) / 2, 0, side, 1)), .. Enumerable.Range(0, 3).Select(place => new Share(0, place * (1 - side) / 2, 1, side))];

    static (Stretch, Stretch)[] Stretched(IEnumerable<Share> parts)
    {
        var known = new Dictionary<(float, float), Stretch>();
        return [.. parts.Select(part => (Of(part.Left, part.Width), Of(part.Top, part.Height)))];

        Stretch Of(float start, float length) => known.TryGetValue((start, length), out var stretch) ? stretch : known[(start, length)] = new(start, length);
    }
}
