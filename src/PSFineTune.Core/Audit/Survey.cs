using PSFineTune.Data;

namespace PSFineTune.Audit;

/// <summary>Where something lies.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Line">From 1; null for all of the file.</param>
readonly record struct Place(string Path, int? Line = null);

/// <summary>What one pass over the data has learned of each sample, for every rule to ask; rows are numbered from 0.</summary>
abstract class Survey
{
    /// <summary>Of the data, full path.</summary>
    public abstract string Root { get; }

    /// <summary>Names, ordinal order.</summary>
    public abstract IReadOnlyList<string> Classes { get; }

    public abstract int Count { get; }

    /// <summary>Index into <see cref="Classes"/>.</summary>
    public abstract int LabelAt(int row);

    /// <summary>What the sample is for.</summary>
    public abstract Split SplitAt(int row);

    public abstract Place PlaceAt(int row);

    /// <summary>The data as they were imported; null where files are surveyed that no import has taken.</summary>
    public Dataset? Data { get; set; }

    /// <summary>Folder of what a rule may remember from one audit to the next.</summary>
    public string Workspace { get; set; } = "";

    /// <summary>Of what takes longer than a moment; called on the thread that asks for findings.</summary>
    public IProgress<ImportProgress>? Progress { get; set; }

    /// <summary>Why an import would refuse the data; null where it would not.</summary>
    public FineTuneException? Refusal { get; set; }

    /// <summary>Every rule that takes longer than a moment asks it.</summary>
    public CancellationToken Cancel { get; set; }

    /// <summary>Where a class lies: its folder, or the file of its first sample.</summary>
    public virtual Place PlaceOf(int label)
    {
        for (var row = 0; row < Count; row++)
            if (LabelAt(row) == label) return new(PlaceAt(row).Path);
        return new(Root);
    }

    /// <summary>Samples by class and split.</summary>
    public int[,] CountClasses()
    {
        var counts = new int[Classes.Count, 3];
        for (var row = 0; row < Count; row++) counts[LabelAt(row), (int)SplitAt(row)]++;
        return counts;
    }
}
