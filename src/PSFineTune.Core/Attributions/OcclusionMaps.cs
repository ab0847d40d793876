using PSFineTune.Models;
using PSFineTune.Packaging;
using static TorchSharp.torch;

namespace PSFineTune.Attributions;

/// <summary>Hides square after square of an image. The fields of a map part the input evenly; the square of a field has its middle.</summary>
/// <param name="predictor">Of a network of images.</param>
/// <param name="side">Of the input, pixels.</param>
/// <param name="patch">Side of a square, pixels.</param>
/// <param name="stride">Side of a field, pixels, at most.</param>
sealed class OcclusionMaps(NetworkPredictor predictor, int side, int patch, int stride) : ImageExplainer
{
    const int BatchSize = 32;

    // Of the probability of the other classes: what a sum in another order may change.
    const double Noise = 1e-4;

    readonly int _across = (side + stride - 1) / stride;

    public override ExplainedImages Explain(Tensor images, int? label, CancellationToken cancel)
    {
        predictor.Network.Training = false;
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var logits = predictor.Logits(images);
        var scores = Softmax(logits);
        var labels = Labels(scores, label);
        var maps = labels.Select((chosen, image) => Map(images.narrow(0, image, 1), chosen, Rows(logits)[image], cancel)).ToArray();
        return new(scores, labels, maps, _across, _across);
    }

    double[] Map(Tensor image, int label, float[] logits, CancellationToken cancel)
    {
        var (map, whole) = (new double[_across * _across], Others(logits, label));
        foreach (var fields in Enumerable.Range(0, map.Length).Chunk(BatchSize))
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var hidden = Classifier.ChannelsLast(image.repeat(fields.Length, 1, 1, 1));
            for (var slot = 0; slot < fields.Length; slot++)
            {
                var ((left, width), (top, height)) = (Span(fields[slot] % _across), Span(fields[slot] / _across));
                hidden[slot].narrow(1, top, height).narrow(2, left, width).zero_();
            }
            foreach (var (field, row) in fields.Zip(Rows(predictor.Logits(hidden))))
                map[field] = Others(row, label) - whole is var fall && fall > Noise * whole ? fall : 0;
        }
        return map;
    }

    // The square with the middle of a field, as far as it is in the image.
    (int From, int Length) Span(int field)
    {
        var from = (int)Math.Round(((field + 0.5) * side / _across) - patch / 2.0);
        var (first, end) = (Math.Max(0, from), Math.Min(side, from + patch));
        return (first, end - first);
    }

    static float[][] Rows(Tensor logits) => [.. logits.cpu().contiguous().data<float>().ToArray().Chunk((int)logits.shape[1])];

    // Probability of all other classes: where it is tiny, that of the class itself is 1 in all its digits.
    static double Others(float[] logits, int label)
    {
        double highest = logits.Max(), others = 0;
        for (var i = 0; i < logits.Length; i++) if (i != label) others += Math.Exp(logits[i] - highest);
        return others / (others + Math.Exp(logits[label] - highest));
    }
}
