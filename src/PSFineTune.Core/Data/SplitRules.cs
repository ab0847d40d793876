namespace PSFineTune.Data;

/// <summary>What every import holds its samples to: fractions that leave room for training, a split for each sample, every class in train and validation.</summary>
/// <param name="settings">What the user asked for.</param>
/// <param name="item">What messages call a sample.</param>
sealed class SplitRules(DatasetReference settings, string item)
{
    /// <summary>Everything is for the test: such data train nothing, so a class may have one sample, or none beside it.</summary>
    public bool HoldOut => settings.TestFraction == 1;

    /// <exception cref="FineTuneException">BadFraction.</exception>
    public void CheckFractions()
    {
        var (validation, test) = (settings.ValidationFraction, settings.TestFraction);
        if (HoldOut) return;
        if (!(validation > 0 && validation < 1)) throw Fault.BadFraction(nameof(settings.ValidationFraction), validation, "above 0 and below 1");
        if (!(test >= 0 && validation + test < 1)) throw Fault.BadFraction(nameof(settings.TestFraction), test, $"at least 0 and below {1 - validation:0.###}, what validation leaves, or 1 for a hold-out set");
    }

    /// <summary>A split for each row: the one that is told where validation is told or the row is for the test, else one drawn by its key.</summary>
    /// <param name="keys">Of content or group; rows of one key go together.</param>
    /// <param name="labels">Index of the class.</param>
    /// <param name="told">What a folder, a file or a column says; null for nothing.</param>
    /// <param name="validates">Whether any sample is told to validate.</param>
    /// <param name="tests">Whether any is told to test.</param>
    public Split[] Assign(ulong[] keys, int[] labels, IReadOnlyList<Split?> told, bool validates, bool tests)
    {
        var fixedAt = new Split?[keys.Length];
        for (var row = 0; row < keys.Length; row++) fixedAt[row] = validates || told[row] == Split.Test ? told[row] : null;
        return new HashSplit(settings.Seed, settings.ValidationFraction, tests ? 0 : settings.TestFraction).Assign(keys, labels, fixedAt);
    }

    /// <param name="root">Of the data.</param>
    /// <param name="classes">Names.</param>
    /// <param name="columns">With their splits.</param>
    /// <param name="placeOf">Where a row is, for messages.</param>
    /// <exception cref="FineTuneException">GroupInTwoSplits or ClassTooSmall.</exception>
    public void Check(string root, IReadOnlyList<string> classes, SampleColumns columns, Func<int, string> placeOf)
    {
        var counts = new int[classes.Count, 3];
        var firstOf = new Dictionary<string, int>();
        for (var row = 0; row < columns.Count; row++)
        {
            counts[columns.Labels[row], (int)columns.Splits[row]]++;
            if (columns.Groups?[row] is { } group && !firstOf.TryAdd(group, row) && columns.Splits[firstOf[group]] is var other && other != columns.Splits[row])
                throw Fault.GroupInTwoSplits(group, item, other, placeOf(firstOf[group]), columns.Splits[row], placeOf(row));
        }
        for (var label = 0; label < classes.Count && !HoldOut; label++)
            foreach (var split in new[] { Split.Train, Split.Validation })
                if (counts[label, (int)split] == 0)
                    throw Fault.ClassTooSmall(root, item, classes[label], split, counts[label, 0] + counts[label, 1] + counts[label, 2]);
    }
}
