namespace PSFineTune.Training;

/// <summary>Batches of texts of like length, so that little of what is computed is padding.</summary>
static class LengthBuckets
{
    /// <summary>Batches among which like lengths are brought together: enough to find them, few enough to stay mixed.</summary>
    const int Window = 64;

    /// <summary>An epoch's order, its batches of like length but in random order; as it is where a reader knows no lengths.</summary>
    /// <param name="reader">Of the rows.</param>
    /// <param name="rows">In random order.</param>
    /// <param name="batchSize">Rows of a batch.</param>
    /// <param name="stream">Of the epoch.</param>
    public static int[] Mixed(SampleReader reader, int[] rows, int batchSize, RandomStream stream)
    {
        if (!Knows(reader, rows)) return rows;
        // What fills no batch comes last in any order: left as it was drawn, it is of no length in particular.
        var whole = rows.Length - rows.Length % batchSize;
        var batches = Sorted(reader, rows[..whole], batchSize).Chunk(batchSize).ToArray();
        return [.. stream.Permutation(batches.Length).SelectMany(i => batches[i]), .. rows[whole..]];
    }

    /// <summary>The rows, within each window the shorter first; as they are where a reader knows no lengths.</summary>
    public static IReadOnlyList<int> Sorted(SampleReader reader, IReadOnlyList<int> rows, int batchSize)
    {
        if (!Knows(reader, rows)) return rows;
        Parallel.ForEach(rows, row => reader.LengthOf(row));
        return [.. rows.Chunk(Window * batchSize).SelectMany(window => window.OrderBy(row => reader.LengthOf(row)))];
    }

    static bool Knows(SampleReader reader, IReadOnlyList<int> rows) => rows.Count > 0 && reader.LengthOf(rows[0]) is not null;
}
