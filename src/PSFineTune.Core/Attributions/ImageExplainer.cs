using static TorchSharp.torch;

namespace PSFineTune.Attributions;

/// <summary>What a batch of images shows of a network.</summary>
/// <param name="Scores">Class probabilities, images x classes.</param>
/// <param name="Labels">Index of the class that is explained, one an image.</param>
/// <param name="Maps">What each field of an image adds to its class, row after row; not yet scaled.</param>
/// <param name="Width">Fields across.</param>
/// <param name="Height">Fields down.</param>
sealed record ExplainedImages(float[][] Scores, int[] Labels, double[][] Maps, int Width, int Height);

/// <summary>Explains images by one method.</summary>
abstract class ImageExplainer : IDisposable
{
    /// <summary>The layer group that it looks at; null where it looks at none.</summary>
    public virtual string? Layer => null;

    /// <param name="images">As the network takes them, N x 3 x H x W; stay as they are.</param>
    /// <param name="label">Index of the class to explain; null for each image's most probable.</param>
    /// <param name="cancel">Stops within a few passes of the network.</param>
    public abstract ExplainedImages Explain(Tensor images, int? label, CancellationToken cancel);

    public virtual void Dispose() { }

    /// <summary>Class probabilities of logits, images x classes.</summary>
    protected static float[][] Softmax(Tensor logits)
    {
        using var scores = nn.functional.softmax(logits, 1).contiguous();
        return [.. scores.data<float>().ToArray().Chunk((int)logits.shape[1])];
    }

    /// <summary>The class to explain of each image.</summary>
    protected static int[] Labels(float[][] scores, int? label) => Array.ConvertAll(scores, row => label ?? Array.IndexOf(row, row.Max()));
}
