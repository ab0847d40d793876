using System.Runtime.InteropServices;
using PSFineTune.Packaging;

namespace PSFineTune.Text.Terms;

/// <summary>One weight vector a class; the class decides by the sum of weight x value, and its bias.</summary>
/// <param name="weights">By class: a weight each column, the bias behind them.</param>
sealed class LinearTerms(double[][] weights) : TermClassifier
{
    public override float[] Score(ReadOnlySpan<int> columns, ReadOnlySpan<double> values)
    {
        var scores = new double[weights.Length];
        for (var label = 0; label < scores.Length; label++)
        {
            var sum = weights[label][^1];
            for (var i = 0; i < columns.Length; i++) sum += weights[label][columns[i]] * values[i];
            scores[label] = sum;
        }
        var most = scores.Max();
        for (var label = 0; label < scores.Length; label++) scores[label] = Math.Exp(scores[label] - most);
        var total = scores.Sum();
        return Array.ConvertAll(scores, score => (float)(score / total));
    }

    public override double[] Contributions(ReadOnlySpan<int> columns, ReadOnlySpan<double> values, int label)
    {
        var shares = new double[columns.Length];
        for (var i = 0; i < shares.Length; i++) shares[i] = weights[label][columns[i]] * values[i];
        return shares;
    }

    public override IEnumerable<StoredTensor> Store() =>
    [
        new("bias", StoredTensor.Single, [weights.Length], Bytes(weights.Select(row => row[^1]))),
        new("weight", StoredTensor.Single, [weights.Length, weights[0].Length - 1], Bytes(weights.SelectMany(row => row.SkipLast(1)))),
    ];

    /// <exception cref="FineTuneException">WeightsMismatch.</exception>
    public static LinearTerms Load(IReadOnlyDictionary<string, StoredTensor> tensors, int classes, string source, string model)
    {
        if (tensors.GetValueOrDefault("weight") is not { Shape: [var rows, var width] } weight || rows != classes || tensors.GetValueOrDefault("bias") is not { Shape: [var count] } bias || count != classes)
            throw Fault.WeightsMismatch(source, model, [$"'weight' and 'bias' of {classes} classes are wanted"]);
        var (values, biases) = (MemoryMarshal.Cast<byte, float>(weight.Bytes).ToArray(), MemoryMarshal.Cast<byte, float>(bias.Bytes).ToArray());
        return new([.. Enumerable.Range(0, classes).Select(label => Array.ConvertAll([.. values.AsSpan(label * (int)width, (int)width), biases[label]], value => (double)value))]);
    }

    static byte[] Bytes(IEnumerable<double> values) => MemoryMarshal.AsBytes<float>(values.Select(value => (float)value).ToArray()).ToArray();
}
