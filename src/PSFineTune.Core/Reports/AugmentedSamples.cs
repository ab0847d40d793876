using PSFineTune.Data;
using PSFineTune.Pictures;
using PSFineTune.Training;

namespace PSFineTune.Reports;

/// <summary>Some training samples beside what training sees of them.</summary>
sealed class AugmentedSamples(TrainingPlan plan, Dataset data)
{
    const int Samples = 4, Versions = 4;

    bool Draws => data is ImageDataset && plan.Augment.Ops.Count > 0;

    /// <summary>Pictures at most.</summary>
    public int Most => Draws ? Samples * (Versions + 1) : 0;

    /// <summary>Each a sample and its versions of the first epochs; empty where nothing is augmented.</summary>
    /// <param name="rows">To choose from.</param>
    /// <param name="cards">Of the same data.</param>
    /// <param name="cancel">Checked for every sample.</param>
    public IReadOnlyList<IReadOnlyList<ShownSample>> Draw(IReadOnlyList<int> rows, SampleCards cards, CancellationToken cancel)
    {
        if (!Draws) return [];
        // Apart from each other, so that they are of several classes.
        var chosen = rows.Where((_, index) => index % Math.Max(1, rows.Count / Samples) == 0).Take(Samples).ToList();
        // Training mixes a picture with any other of its split.
        var source = new GridSource(plan.Augment, plan.Preprocessing?.InputSize ?? 224, plan.Seed, null, [.. data.RowsOf(Split.Train).Select(row => (data.ItemAt(row), (string?)data.Classes[data.LabelAt(row)]))]);
        List<IReadOnlyList<ShownSample>> drawn = [];
        foreach (var row in chosen)
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                drawn.Add([cards.Of(row), .. Enumerable.Range(1, Versions).Select(version => Version(source, row, version, cards))]);
            }
            // A picture that cannot be read is the audit's business.
            catch (FineTuneException)
            {
            }
        }
        return drawn;
    }

    ShownSample Version(GridSource source, int row, int version, SampleCards cards)
    {
        var label = data.Classes[data.LabelAt(row)];
        using var picture = source.Open(new(new(data.ItemAt(row)) { Label = label }, version));
        return cards.Of(new ShownSample { Label = label, Drawn = picture.Drawn }, picture.Picture);
    }
}
