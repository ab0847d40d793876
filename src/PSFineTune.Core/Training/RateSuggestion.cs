namespace PSFineTune.Training;

/// <summary>Reads learning rates off the curve of a range test, by the rules of fastai's lr_find.</summary>
static class RateSuggestion
{
    // Steps left out at either end: the mean has settled after the first tenth, and the last few show how it blew up.
    const int LastLeftOut = 5;
    const int FewestPoints = 8;

    /// <summary>What a descent is at least, of the loss before it, and in standard errors of it.</summary>
    const double LeastDescent = 0.02, LeastErrors = 2;

    /// <param name="model">To name.</param>
    /// <param name="points">Of every step.</param>
    /// <param name="steps">That the test would have had.</param>
    /// <param name="diverged">It ended before the last rate.</param>
    /// <exception cref="FineTuneException">NoDescent.</exception>
    public static LearningRateCurve Of(string model, IReadOnlyList<LearningRatePoint> points, int steps, bool diverged)
    {
        var (from, to) = (steps / 10, points.Count - LastLeftOut);
        if (to - from < FewestPoints) throw Fault.NoDescent(points.Count, points[^1].LearningRate);
        var kept = points.Skip(from).Take(to - from).ToList();
        if (!Descends(kept, from)) throw Fault.NoDescent(points.Count, points[^1].LearningRate);
        return new()
        {
            Model = model,
            Suggestion = kept[Valley(kept)].LearningRate,
            Steep = kept[Steepest(kept)].LearningRate,
            MinimumOverTen = kept[Lowest(kept)].LearningRate / 10,
            Diverged = diverged,
            Points = points,
        };
    }

    // The noise of one loss from neighbours, which a slow fall does not raise; a mean of n has it by the root of n.
    static bool Descends(IReadOnlyList<LearningRatePoint> points, int before)
    {
        var lowest = Lowest(points);
        var peak = Enumerable.Range(0, lowest + 1).MaxBy(i => points[i].Smoothed);
        var noise = lowest == 0 ? 0 : Math.Sqrt(Enumerable.Range(1, lowest).Average(i => Math.Pow(points[i].Loss - points[i - 1].Loss, 2)) / 2);
        var fall = points[peak].Smoothed - points[lowest].Smoothed;
        return fall > LeastDescent * Math.Abs(points[peak].Smoothed) && fall > LeastErrors * noise / Math.Sqrt(before + peak + 1);
    }

    static int Lowest(IReadOnlyList<LearningRatePoint> points) => Enumerable.Range(0, points.Count).MinBy(i => points[i].Smoothed);

    static int Steepest(IReadOnlyList<LearningRatePoint> points) => Enumerable.Range(0, points.Count - 1)
        .MinBy(i => (points[i + 1].Smoothed - points[i].Smoothed) / Math.Log(points[i + 1].LearningRate / points[i].LearningRate));

    // The longest falling subsequence, and half a third beyond its first third.
    static int Valley(IReadOnlyList<LearningRatePoint> points)
    {
        var lengths = new int[points.Count];
        var end = 0;
        for (var i = 0; i < points.Count; i++)
        {
            lengths[i] = 1 + Enumerable.Range(0, i).Where(j => points[i].Smoothed < points[j].Smoothed).Select(j => lengths[j]).DefaultIfEmpty().Max();
            if (lengths[i] > lengths[end]) end = i;
        }
        var section = lengths[end] / 3.0;
        return Math.Max(0, end - lengths[end] + (int)section + (int)(section / 2));
    }
}
