using PSFineTune.Models;
using static TorchSharp.torch;

namespace PSFineTune.Training;

/// <summary>Class probabilities without gradients, in the order of the rows; of texts, those of like length together.</summary>
static class Inference
{
    public static IEnumerable<(int Row, float[] Scores)> Run(Classifier network, BatchLoader loader, IReadOnlyList<int> rows, CancellationToken cancel, int fromGroup = 0)
    {
        if (rows.Count == 0) yield break;
        network.Training = false;
        // Made for this pass and freed after it: the next one has other weights, and training needs the memory.
        using var fast = FastForward.Of(network, fromGroup, network.Groups.Count);
        foreach (var batch in loader.Read(LengthBuckets.Sorted(loader.Reader, rows, loader.BatchSize), _ => null, cancel))
        {
            cancel.ThrowIfCancellationRequested();
            var scores = Scores(network, loader.Reader, batch, fast, fromGroup);
            for (var i = 0; i < batch.Count; i++)
                yield return (batch.Rows[i], scores[(i * batch.Classes)..((i + 1) * batch.Classes)]);
        }
    }

    /// <summary>Softmax of the logits, samples x classes, row after row.</summary>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="reader">What filled the batch.</param>
    /// <param name="batch">The samples.</param>
    /// <param name="fromGroup">The first layer group that a batch goes through.</param>
    /// <param name="fast">All of the network; where it is null, libtorch does it.</param>
    public static float[] Scores(Classifier network, SampleReader reader, Batch batch, FastForward? fast = null, int fromGroup = 0)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var x = reader.Tensor(batch);
        return nn.functional.softmax(fast?.Forward(x) ?? network.Forward(x, fromGroup, network.Groups.Count), 1).contiguous().data<float>().ToArray();
    }

    /// <summary>What the head is given, samples x channels, means over places where it is given those, and the softmax of what it makes of it.</summary>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="reader">What filled the batch.</param>
    /// <param name="batch">The samples.</param>
    /// <param name="fast">All of the network before the head; where it is null, libtorch does it.</param>
    public static (float[] Features, float[] Scores) Features(Classifier network, SampleReader reader, Batch batch, FastForward? fast)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var (x, head) = (reader.Tensor(batch), network.Groups.Count - 1);
        var y = fast?.Forward(x) ?? network.Forward(x, 0, head);
        var scores = nn.functional.softmax(network.Forward(y, head, head + 1), 1);
        var pooled = y.Dimensions switch { 4 => y.mean([2L, 3L]), 3 => y.mean([1L]), _ => y };
        return (pooled.contiguous().data<float>().ToArray(), scores.contiguous().data<float>().ToArray());
    }
}
