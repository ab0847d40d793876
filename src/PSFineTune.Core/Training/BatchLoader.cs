using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using PSFineTune.Augment;

namespace PSFineTune.Training;

/// <summary>
/// Batches made beside training: one thread goes ahead by at most <see cref="Ahead"/> batches, and the samples of a batch
/// are read in parallel. What is in a batch depends on neither.
/// </summary>
sealed class BatchLoader(SampleReader reader, int batchSize, int threads)
{
    const int Ahead = 2;

    readonly ConcurrentBag<Batch> _spare = [];

    public SampleReader Reader => reader;

    public int BatchSize => batchSize;

    /// <summary>The rows in the order given, as batches; each is reused once the next is asked for.</summary>
    /// <param name="rows">Of the dataset.</param>
    /// <param name="drawOf">Whose randomness varies a row; null for plain samples.</param>
    /// <param name="cancel">Checked for every sample.</param>
    /// <param name="skip">Batches left out at the beginning, for whoever had them before.</param>
    public IEnumerable<Batch> Read(IReadOnlyList<int> rows, Func<int, DrawKey?> drawOf, CancellationToken cancel, int skip = 0)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var ready = new BlockingCollection<Batch>(Ahead);
        ExceptionDispatchInfo? failed = null;
        var producer = new Thread(Produce) { IsBackground = true, Name = "PSFineTune loader" };
        producer.Start();
        try
        {
            foreach (var batch in ready.GetConsumingEnumerable(cancel))
            {
                yield return batch;
                _spare.Add(batch);
            }
            failed?.Throw();
        }
        finally
        {
            stop.Cancel();
            producer.Join();
        }

        // Nothing may escape from a thread of our own: that would end the whole PowerShell process.
        void Produce()
        {
            try
            {
                foreach (var part in Parts(rows, batchSize).Skip(skip)) ready.Add(Fill(part, drawOf, stop.Token), stop.Token);
            }
            catch (Exception wrong)
            {
                failed = ExceptionDispatchInfo.Capture(wrong is AggregateException many ? many.Flatten().InnerExceptions[0] : wrong);
            }
            finally
            {
                ready.CompleteAdding();
            }
        }
    }

    /// <summary>Rows by batch. A last batch of one would give batch norm no variance, so its sample joins the batch before.</summary>
    public static IReadOnlyList<ArraySegment<int>> Parts(IReadOnlyList<int> rows, int batchSize)
    {
        var all = rows.ToArray();
        var count = Math.Max(Math.Min(1, all.Length), (all.Length + batchSize - 1) / batchSize - (all.Length % batchSize == 1 ? 1 : 0));
        return [.. Enumerable.Range(0, count).Select(i =>
            new ArraySegment<int>(all, i * batchSize, (i == count - 1 ? all.Length : (i + 1) * batchSize) - i * batchSize))];
    }

    Batch Fill(ArraySegment<int> rows, Func<int, DrawKey?> drawOf, CancellationToken cancel)
    {
        var batch = _spare.TryTake(out var spare) ? spare : reader.NewBatch(batchSize + 1);
        batch.Count = rows.Count;
        Parallel.For(0, rows.Count, new() { MaxDegreeOfParallelism = threads, CancellationToken = cancel },
            slot => Read(rows[slot], drawOf(rows[slot]), batch, slot, cancel));
        return batch;
    }

    void Read(int row, DrawKey? draw, Batch batch, int slot, CancellationToken cancel)
    {
        try
        {
            reader.Read(row, draw, batch, slot, cancel);
        }
        catch (FineTuneException fault) when (draw is not null)
        {
            fault.Detail ??= reader.Describe(row, draw.Value);
            throw;
        }
    }
}
