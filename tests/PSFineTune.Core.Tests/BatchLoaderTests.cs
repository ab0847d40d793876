using PSFineTune.Augment;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

public class BatchLoaderTests
{
    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 4)]
    [InlineData(4, 4)]
    [InlineData(5, 4)]
    [InlineData(9, 4)]
    [InlineData(10, 4)]
    [InlineData(3, 1)]
    [InlineData(100, 7)]
    public void Parts_hold_every_row_once_and_none_alone(int count, int batchSize)
    {
        var parts = BatchLoader.Parts([.. Enumerable.Range(0, count)], batchSize);
        Assert.Equal(Enumerable.Range(0, count), parts.SelectMany(part => part));
        Assert.All(parts, part => Assert.InRange(part.Count, count == 1 || batchSize == 1 ? 1 : 2, batchSize + 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Content_does_not_depend_on_threads(int threads)
    {
        var loader = new BatchLoader(new Echo(), batchSize: 3, threads);
        var seen = new List<float>();
        foreach (var batch in loader.Read([5, 1, 4, 2, 3, 9, 8], row => new DrawKey(1, 1, (ulong)row), default))
            for (var i = 0; i < batch.Count; i++) seen.Add(batch.Inputs["x"].Slot<float>(i)[0]);
        Assert.Equal([5f, 1, 4, 2, 3, 9, 8], seen);
    }

    [Fact]
    public void A_fault_of_a_worker_reaches_the_reader()
    {
        var loader = new BatchLoader(new Echo(), batchSize: 2, threads: 2);
        var thrown = Assert.Throws<FineTuneException>(() => loader.Read([1, 2, 3, -1, 5], _ => null, default).Count());
        Assert.Equal("NotAModel", thrown.Id);
    }

    [Fact]
    public void Stops_when_the_reader_stops()
    {
        var echo = new Echo();
        foreach (var _ in new BatchLoader(echo, batchSize: 1, threads: 1).Read([.. Enumerable.Range(0, 1000)], _ => null, default)) break;
        Assert.InRange(echo.Count, 1, 5);
    }

    [Fact]
    public void Can_be_cancelled()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => new BatchLoader(new Echo(), 2, 2).Read([1, 2, 3], _ => null, stop.Token).Count());
    }

    sealed class Echo : SampleReader
    {
        int _count;

        public int Count => _count;

        public override Batch NewBatch(int capacity) => new(capacity, 2, new Dictionary<string, Block> { ["x"] = new(new float[capacity], [1]) });

        public override void Read(int row, DrawKey? draw, Batch batch, int slot)
        {
            Interlocked.Increment(ref _count);
            if (row < 0) throw Fault.NotAModel(row);
            batch.Inputs["x"].Slot<float>(slot)[0] = row;
        }

        public override TorchSharp.torch.Tensor Tensor(Batch batch) => TorchSharp.torch.frombuffer(batch.Inputs["x"].Values, TorchSharp.torch.float32, batch.Count);
    }
}
