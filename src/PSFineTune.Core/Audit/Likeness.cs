namespace PSFineTune.Audit;

/// <summary>When two pictures show the same. Hashes say which may; here it is decided, so that a false alarm is rare.</summary>
static class Likeness
{
    // Found on photos of clothes: copies in other sizes, qualities and brightness lie above, other photos of the same thing below.
    const float Shape = 0.97f, Detail = 0.85f, TurnedDetail = 0.9f, PartShape = 0.97f, PartDetail = 0.88f, Promising = 0.8f;

    /// <summary>Standard deviation of brightness, levels, below which a picture shows next to nothing and chance decides.</summary>
    public const float LeastContrast = 6;

    // The same of its detail.
    const float LeastDetail = 2;

    /// <summary>The parts that are tried first; what is cropped otherwise by a few hundredths is found from them.</summary>
    public static IReadOnlyList<Share> Parts { get; } = [.. Squares(0.9f), .. Squares(0.8f), .. Squares(0.7f), new(0.2f, 0.2f, 0.6f, 0.6f), new(0.25f, 0.25f, 0.5f, 0.5f), .. Bands(0.75f), .. Bands(0.88f)];

    /// <param name="one">A picture, as it may have been turned.</param>
    /// <param name="other">Another.</param>
    /// <param name="turned">Many things look much like their mirror image; more is asked then.</param>
    public static bool IsSame(Look one, Look other, bool turned) =>
        HasDetail(one) && HasDetail(other) && one.Shape(other) >= Shape && one.Detail(other) >= (turned ? TurnedDetail : Detail) && one.SharesColors(other);

    /// <summary>Whether there is enough to see to tell it from another.</summary>
    public static bool HasDetail(Look look) => look.Contrast >= LeastContrast && look.DetailContrast >= LeastDetail;

    /// <summary>Whether a part near the given one shows what another picture shows; the best place is climbed to.</summary>
    /// <param name="thumbnail">Of the larger view.</param>
    /// <param name="part">Where to begin.</param>
    /// <param name="symmetry">As the other picture may have been mirrored.</param>
    /// <param name="other">All of the other picture.</param>
    public static bool IsPart(ReadOnlySpan<byte> thumbnail, Share part, int symmetry, Look other)
    {
        var look = new Look(thumbnail, symmetry, part);
        var best = look.Shape(other);
        if (best < Promising) return false;
        for (var step = 0.04f; step > 0.008f; step /= 2)
            for (var better = true; better;)
            {
                better = false;
                foreach (var moved in Moves(part, step))
                {
                    if (!moved.IsInside) continue;
                    var tried = new Look(thumbnail, symmetry, moved);
                    if (tried.Shape(other) is var shape && shape <= best + 1e-4f) continue;
                    (best, part, look, better) = (shape, moved, tried, true);
                    break;
                }
            }
        return best >= PartShape && HasDetail(look) && HasDetail(other) && look.Detail(other) >= PartDetail && look.SharesColors(other);
    }

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

    // Nine places of a square part.
    static IEnumerable<Share> Squares(float side) =>
        from y in Enumerable.Range(0, 3) from x in Enumerable.Range(0, 3) select new Share(x * (1 - side) / 2, y * (1 - side) / 2, side, side);

    // What is left of a picture whose edges were cut at two sides, or at one.
    static IEnumerable<Share> Bands(float side) =>
        from place in Enumerable.Range(0, 3)
        from band in (Share[])[new(place * (1 - side) / 2, 0, side, 1), new(0, place * (1 - side) / 2, 1, side)]
        select band;
}
