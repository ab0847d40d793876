using PSFineTune.Data;

namespace PSFineTune.Reports;

/// <summary>Which training samples a page shows.</summary>
static class TrainingSamples
{
    public const int Most = 24;

    /// <summary>Rows, about as many of each class, by chance but the same ones each time; class after class.</summary>
    public static IReadOnlyList<int> Of(Dataset data) =>
        [.. data.RowsOf(Split.Train).GroupBy(data.LabelAt).OrderBy(rows => rows.Key)
            .SelectMany(rows => rows.OrderBy(data.KeyAt).Select((row, rank) => (row, rank)).Take(Most)).OrderBy(one => one.rank).Take(Most).Select(one => one.row).OrderBy(data.LabelAt)];
}
