using PSFineTune.Augment;
using PSFineTune.Data;
using static TorchSharp.torch;

namespace PSFineTune.Training;

/// <summary>Where samples come from.</summary>
/// <param name="ItemOf">A row's file, full path, or its text.</param>
/// <param name="LabelOf">A row's class, or null where it is not known.</param>
/// <param name="Classes">Count of classes.</param>
sealed record SampleSource(Func<int, string> ItemOf, Func<int, int?> LabelOf, int Classes)
{
    /// <summary>Rows that a sample may be mixed with.</summary>
    public IReadOnlyList<int> Mates { get; init; } = [];

    /// <summary>SHA-256 of a row's content; empty where it is not known.</summary>
    public Func<int, byte[]> HashOf { get; init; } = _ => [];

    /// <summary>Content of an item that lies in no file, by its name; null for a file.</summary>
    public Func<string, byte[]?> Held { get; init; } = _ => null;

    /// <summary>The samples of a dataset.</summary>
    public static SampleSource Of(Dataset data) => new(data.ItemAt, row => data.LabelAt(row), data.Classes.Count)
    {
        Mates = data.RowsOf(Split.Train),
        HashOf = row => data.HashAt(row).ToArray(),
    };

    /// <summary>Items without labels.</summary>
    public static SampleSource Of(IReadOnlyList<string> items, int classes) => new(row => items[row], _ => null, classes);
}

/// <summary>Turns a row of a dataset into a model's input, on any thread.</summary>
abstract class SampleReader
{
    public abstract Batch NewBatch(int capacity);

    /// <summary>Fills one slot of a batch.</summary>
    /// <param name="row">Of the dataset.</param>
    /// <param name="draw">Whose randomness varies the sample; null for the plain one.</param>
    /// <param name="batch">Where to.</param>
    /// <param name="slot">From 0.</param>
    /// <param name="cancel">Stops within one sample.</param>
    /// <exception cref="FineTuneException">The item cannot be read.</exception>
    public abstract void Read(int row, DrawKey? draw, Batch batch, int slot, CancellationToken cancel);

    /// <summary>Which sample it is and what was drawn for it, in a form that makes it again; null where there is nothing to say.</summary>
    public virtual string? Describe(int row, DrawKey draw) => null;

    /// <summary>How long a row's input is, in any unit, so that like ones can share a batch; null where all are as long.</summary>
    public virtual int? LengthOf(int row) => null;

    /// <summary>What a network is given of a batch; the caller's scope frees it.</summary>
    public abstract Tensor Tensor(Batch batch);
}
