using System.Runtime.InteropServices;

namespace PSFineTune.Metrics;

/// <summary>Counts what was taken for what; a pair of classes that never occurs takes no memory.</summary>
/// <param name="classes">How many.</param>
sealed class ConfusionTally(int classes)
{
    readonly Dictionary<(int Label, int Predicted), int> _cells = [];

    public int Classes => classes;

    public int Count { get; private set; }

    public void Add(int label, int predicted)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_cells, (label, predicted), out _)++;
        Count++;
    }

    /// <summary>Those with samples, row after row: whatever the order the samples came in.</summary>
    public (int Label, int Predicted, int Count)[] Cells =>
        [.. _cells.Select(cell => (cell.Key.Label, cell.Key.Predicted, cell.Value)).OrderBy(cell => cell.Label).ThenBy(cell => cell.Predicted)];

    public Margins Margins
    {
        get
        {
            var margins = new Margins(classes);
            foreach (var ((label, predicted), count) in _cells) margins.Add(label, predicted, count);
            return margins;
        }
    }

    /// <summary>Row r, column c: samples of class r that were predicted as class c.</summary>
    public IReadOnlyList<int>[] Rows
    {
        get
        {
            var rows = Enumerable.Range(0, classes).Select(_ => new int[classes]).ToArray();
            foreach (var ((label, predicted), count) in _cells) rows[label][predicted] = count;
            return rows;
        }
    }
}
