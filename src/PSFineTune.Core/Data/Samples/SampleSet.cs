using System.Text.Json.Serialization;

namespace PSFineTune.Data.Samples;

/// <summary>A labelled set that is made up, to try the module on: everything is decided by kind and seed.</summary>
public abstract record SampleSet
{
    /// <summary>Samples of each class, at least 1. Sample n is the same whatever the count is.</summary>
    public int Count { get; init; } = 100;

    public int Seed { get; init; } = 42;

    /// <summary>Ordinal order.</summary>
    [JsonIgnore]
    public abstract IReadOnlyList<string> Classes { get; }

    /// <summary>What is made, in the plural.</summary>
    internal abstract string Items { get; }

    /// <summary>The same with pictures of that side, where there are pictures.</summary>
    /// <param name="size">Pixels.</param>
    internal virtual SampleSet Sized(int size) => this;

    /// <summary>Refuses what cannot be made, or would mix with other files.</summary>
    /// <param name="folder">Full path.</param>
    /// <param name="force">Writes into a folder that is not empty.</param>
    /// <exception cref="FineTuneException">BadSampleSetting or FolderNotEmpty.</exception>
    internal virtual void Check(string folder, bool force)
    {
        if (Count < 1) throw Fault.BadSampleSetting(nameof(Count), Count, "at least 1");
        if (File.Exists(folder) || (!force && Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())) throw Fault.FolderNotEmpty(folder);
    }

    /// <summary>Writes every sample; files of the same name are replaced.</summary>
    /// <param name="folder">Full path; made where there is none.</param>
    /// <param name="cancel">Checked for every sample.</param>
    /// <param name="progress">Called on the calling thread.</param>
    /// <exception cref="FineTuneException">CannotWrite.</exception>
    internal abstract void Write(string folder, CancellationToken cancel, IProgress<ImportProgress>? progress = null);
}
