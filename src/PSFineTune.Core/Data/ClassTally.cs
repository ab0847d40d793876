namespace PSFineTune.Data;

/// <summary>How many samples each class has before splits are drawn, and what is told of them.</summary>
/// <param name="classes">Ordinal order.</param>
sealed class ClassTally(IReadOnlyList<string> classes)
{
    readonly int[,] _told = new int[classes.Count, 3];
    readonly int[] _all = new int[classes.Count];

    /// <param name="label">Index of the class.</param>
    /// <param name="told">The split that a folder, a file or a column tells; null where it is to be drawn.</param>
    public void Add(int label, Split? told)
    {
        _all[label]++;
        if (told is { } split) _told[label, (int)split]++;
    }

    /// <summary>Refuses what no classifier can be trained on.</summary>
    /// <param name="root">Of the data.</param>
    /// <param name="item">What messages call a sample.</param>
    /// <exception cref="FineTuneException">ClassesDifferInCase, EmptyClass, OneClass or ClassInOneSplit.</exception>
    public void Check(string root, string item)
    {
        var alike = classes.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        if (alike is not null) throw Fault.ClassesDifferInCase(root, alike);
        if (Where(label => _all[label] == 0) is { Count: > 0 } empty) throw Fault.EmptyClasses(root, item, empty);
        if (classes.Count < 2) throw Fault.OneClass(root, item, classes[0]);
        foreach (var split in new[] { Split.Train, Split.Validation })
            if (Where(label => _told[label, (int)split] == 0) is var absent && absent.Count > 0 && absent.Count < classes.Count)
                throw Fault.ClassNotInSplit(root, item, absent, split);
    }

    List<string> Where(Predicate<int> wanted) => [.. classes.Where((_, label) => wanted(label))];
}
