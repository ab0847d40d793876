namespace PSFineTune.Data;

/// <summary>
/// Draws splits from content: a sample's key and the seed give a fraction in [0, 1), and those below the validation
/// fraction validate, those in the interval after it test. Nothing else counts, so more files move no old one, and
/// copies stay together.
/// </summary>
/// <param name="seed">Of the draw.</param>
/// <param name="validation">Share of validation.</param>
/// <param name="test">Share of test; 1 is a hold-out set, all of it test.</param>
sealed class HashSplit(int seed, double validation, double test)
{
    // Sets the stream apart from those of ops, whose positions start at 0.
    const int Position = -1;

    /// <summary>
    /// A split for each row. A class that drew no validation gives its lowest key, one that drew no training its highest.
    /// </summary>
    /// <param name="keys">Of content or group; rows of one key go together.</param>
    /// <param name="labels">Index of the class.</param>
    /// <param name="fixedAt">Split of rows that are not drawn; null for those that are.</param>
    public Split[] Assign(ulong[] keys, int[] labels, IReadOnlyList<Split?> fixedAt)
    {
        var splits = new Split[keys.Length];
        for (var row = 0; row < keys.Length; row++) splits[row] = fixedAt[row] ?? Draw(keys[row]);

        if (test == 1) return splits;
        var drawn = Enumerable.Range(0, keys.Length).Where(row => fixedAt[row] is null).ToArray();
        foreach (var rows in drawn.GroupBy(row => labels[row]).OrderBy(rows => rows.Key).Select(rows => rows.ToArray()))
        {
            if (!rows.Any(row => splits[row] == Split.Validation)) Move(rows.MinBy(row => FractionOf(keys[row])), Split.Validation);
            if (!rows.Any(row => splits[row] == Split.Train)) Move(rows.MaxBy(row => FractionOf(keys[row])), Split.Train);
        }
        return splits;

        void Move(int chosen, Split to)
        {
            foreach (var row in drawn.Where(row => keys[row] == keys[chosen])) splits[row] = to;
        }
    }

    /// <summary>In [0, 1).</summary>
    public double FractionOf(ulong key) => RandomStream.For(seed, 0, key, Position).NextDouble();

    Split Draw(ulong key) => FractionOf(key) switch
    {
        _ when test == 1 => Split.Test,
        var fraction when fraction < validation => Split.Validation,
        var fraction when fraction < validation + test => Split.Test,
        _ => Split.Train,
    };
}
