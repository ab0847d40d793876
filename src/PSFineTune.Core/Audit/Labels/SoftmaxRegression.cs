using PSFineTune.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace PSFineTune.Audit.Labels;

/// <summary>Multinomial logistic regression with an L2 penalty, from features to class probabilities.</summary>
static class SoftmaxRegression
{
    const int Iterations = 100;

    /// <summary>Fits on some rows and says the class probabilities of others.</summary>
    /// <param name="features">Of all rows, on a common scale.</param>
    /// <param name="labels">Of all rows.</param>
    /// <param name="classes">Count of classes.</param>
    /// <param name="train">Rows to learn from.</param>
    /// <param name="judged">Rows to judge.</param>
    /// <param name="penalty">Half of it times the sum of squares of the weights is added to the mean cross-entropy; not of the biases.</param>
    /// <param name="cancel">Stops within one iteration.</param>
    public static float[][] Judge(IReadOnlyList<float[]> features, IReadOnlyList<int> labels, int classes, IReadOnlyList<int> train, IReadOnlyList<int> judged, double penalty, CancellationToken cancel)
    {
        TorchRuntime.Ensure();
        using var scope = NewDisposeScope();
        var (x, y) = (Rows(features, train), tensor(train.Select(row => (long)labels[row]).ToArray()));
        var (weight, bias) = (nn.Parameter(zeros([classes, x.shape[1]])), nn.Parameter(zeros([classes])));
        using var optimizer = optim.LBFGS([weight, bias], lr: 1, max_iter: Iterations, history_size: 20, tolerange_grad: 1e-5, tolerance_change: 1e-9);
        var half = tensor((float)(penalty / 2));
        using var one = 1.ToScalar();
        optimizer.step(() =>
        {
            cancel.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            optimizer.zero_grad();
            var loss = nn.functional.cross_entropy(nn.functional.linear(x, weight, bias), y).add(half * (weight * weight).sum(), one);
            loss.backward();
            return loss.MoveToOuterDisposeScope();
        });
        using var off = no_grad();
        var scores = nn.functional.softmax(nn.functional.linear(Rows(features, judged), weight, bias), 1).data<float>().ToArray();
        return [.. scores.Chunk(classes)];
    }

    static Tensor Rows(IReadOnlyList<float[]> features, IReadOnlyList<int> rows)
    {
        var width = features[0].Length;
        var values = new float[rows.Count * width];
        for (var at = 0; at < rows.Count; at++) features[rows[at]].CopyTo(values, at * width);
        return frombuffer(values, float32).clone().view(rows.Count, width);
    }
}
