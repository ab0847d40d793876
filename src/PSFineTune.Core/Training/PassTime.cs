namespace PSFineTune.Training;

/// <summary>What a pass over batches takes, told from some of them.</summary>
/// <param name="First">Seconds of the first batch, with what is made once for the pass.</param>
/// <param name="Each">Seconds of every other.</param>
readonly record struct PassTime(double First, double Each)
{
    /// <param name="ends">Seconds from the beginning of the pass to the end of each batch that was timed; empty for a pass over nothing.</param>
    public static PassTime Of(IReadOnlyList<double> ends) => ends switch
    {
        [] => default,
        [var only] => new(only, only),
        _ => new(ends[0], (ends[^1] - ends[0]) / (ends.Count - 1)),
    };

    /// <summary>Seconds of so many batches; a part of one counts as that part.</summary>
    public double Seconds(double batches) => batches == 0 ? 0 : First + Each * (batches - 1);
}
