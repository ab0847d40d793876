namespace PSFineTune.Data;

/// <summary>Where data are and how they are split: all a plan keeps of a dataset, never its samples.</summary>
public abstract record DatasetReference
{
    /// <summary>Folder or file, full path.</summary>
    public string Root { get; init; } = "";

    public double ValidationFraction { get; init; } = 0.2;

    public double TestFraction { get; init; }

    /// <summary>Regular expression on the path relative to the root; samples with one match share a split.</summary>
    public string? GroupPattern { get; init; }

    public int Seed { get; init; } = 42;

    /// <summary>SHA-256 over classes and every sample's content, label and split, as the data were when the plan was made.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>Ordinal order.</summary>
    public IReadOnlyList<string> Classes { get; init => field = value.ToIndexable(); } = [];

    /// <summary>What is left out although it is there: paths relative to the root (of a file, to its folder), parts joined by '/', of a text with ':' and its line; ordinal order.</summary>
    public IReadOnlyList<string> Exclude { get; init => field = value.ToIndexable(); } = [];

    /// <summary>Reads the data again from where they are.</summary>
    /// <param name="workspace">Folder of the content-hash cache.</param>
    /// <param name="progress">Called now and then, on the calling thread.</param>
    /// <param name="cancel">Checked for every file.</param>
    /// <exception cref="FineTuneException">As the import of that kind of data.</exception>
    internal abstract Dataset Open(string workspace, IProgress<ImportProgress>? progress, CancellationToken cancel);

    /// <summary>The same, and nothing is written: what the workspace remembers is used, and stays as it is.</summary>
    internal abstract Dataset OpenReadOnly(string workspace, IProgress<ImportProgress>? progress, CancellationToken cancel);

    /// <summary>The same without the folders of this machine: what a file that leaves it may say. It finds no data any more.</summary>
    internal virtual DatasetReference WithoutFolders() => this with { Root = Path.GetFileName(Path.TrimEndingDirectorySeparator(Root ?? "")), Exclude = [] };

    public virtual bool Equals(DatasetReference? other) =>
        other is not null && EqualityContract == other.EqualityContract &&
        (Root, ValidationFraction, TestFraction, GroupPattern, Seed, Fingerprint) ==
        (other.Root, other.ValidationFraction, other.TestFraction, other.GroupPattern, other.Seed, other.Fingerprint) &&
        Classes.SequenceEqual(other.Classes) && Exclude.SequenceEqual(other.Exclude);

    public override int GetHashCode() => HashCode.Combine(Root, ValidationFraction, TestFraction, GroupPattern, Seed, Fingerprint);
}
