using PSFineTune.Data;

namespace PSFineTune.Audit;

/// <summary>What one pass over texts has learned of each.</summary>
class TextSurvey(TextDataset data) : Survey
{
    public override IReadOnlyList<string> Classes => data.Classes;

    public override int Count => data.Count;

    public override int LabelAt(int row) => data.LabelAt(row);

    public override Split SplitAt(int row) => data.SplitAt(row);

    public override Place PlaceAt(int row) => data.SampleAt(row) is TextSample sample ? new(sample.Path, sample.Line) : default;

    /// <param name="data">As they were imported.</param>
    /// <param name="cancel">Checked for every row.</param>
    public static TextSurvey Of(TextDataset data, CancellationToken cancel) => new(data);
}
