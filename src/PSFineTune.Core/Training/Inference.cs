using PSFineTune.Models;
using static TorchSharp.torch;

namespace PSFineTune.Training;

/// <summary>Class probabilities without gradients, in the order of the rows.</summary>
static class Inference
{
    public static IEnumerable<(int Row, float[] Scores)> Run(Classifier network, BatchLoader loader, IReadOnlyList<int> rows, CancellationToken cancel)
    {
        network.Training = false;
        foreach (var batch in loader.Read(rows, _ => null, cancel))
        {
            cancel.ThrowIfCancellationRequested();
            var scores = Scores(network, loader.Reader, batch);
            for (var i = 0; i < batch.Count; i++)
                yield return (batch.Rows[i], scores[(i * batch.Classes)..((i + 1) * batch.Classes)]);
        }
    }

    /// <summary>Softmax of the logits, samples x classes, row after row.</summary>
    public static float[] Scores(Classifier network, SampleReader reader, Batch batch)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        return nn.functional.softmax(network.Forward(reader.Tensor(batch)), 1).contiguous().data<float>().ToArray();
    }
}
