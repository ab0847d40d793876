using PSFineTune.Models.Onnx;
using PSFineTune.Packaging;
using PSFineTune.Text.Svm;

namespace PSFineTune.Text.Terms;

/// <summary>One weight vector a class; the class decides by the sum of weight x value, and its bias.</summary>
sealed class LinearTerms : TermClassifier
{
    readonly double[][] _weights;
    readonly double[] _biases;

    LinearTerms(double[][] weights, double[] biases) => (_weights, _biases) = (weights, biases);

    /// <summary>Of a trained machine; a class that it never saw is never chosen.</summary>
    public static LinearTerms Of(LinearMachine machine, int classes)
    {
        var (weights, biases) = (new double[classes][], Enumerable.Repeat(-1.0, classes).ToArray());
        // Of two classes there is one row; the other class's is its opposite.
        if (machine.Weights.Length == 1)
        {
            Set(machine.Labels[0], Array.ConvertAll(machine.Weights[0], weight => -weight), -machine.Biases[0]);
            Set(machine.Labels[1], machine.Weights[0], machine.Biases[0]);
        }
        else for (var row = 0; row < machine.Labels.Length; row++) Set(machine.Labels[row], machine.Weights[row], machine.Biases[row]);
        for (var label = 0; label < classes; label++) weights[label] ??= new double[machine.Weights[0].Length];
        return new(weights, biases);

        void Set(int label, double[] row, double bias) => (weights[label], biases[label]) = (row, bias);
    }

    public override double[] Decide(ReadOnlySpan<int> columns, ReadOnlySpan<double> values)
    {
        var decisions = (double[])_biases.Clone();
        for (var label = 0; label < decisions.Length; label++)
        {
            var row = _weights[label];
            for (var i = 0; i < columns.Length; i++) decisions[label] += row[columns[i]] * values[i];
        }
        return decisions;
    }

    public override double[] Contributions(ReadOnlySpan<int> columns, ReadOnlySpan<double> values, int label)
    {
        var shares = new double[columns.Length];
        for (var i = 0; i < shares.Length; i++) shares[i] = _weights[label][columns[i]] * values[i];
        return shares;
    }

    public override string Export(OnnxGraph graph, string x, int width, ModelPackage package)
    {
        float[] weights = [.. _weights.SelectMany(row => row).Select(weight => (float)weight)], biases = [.. _biases.Select(bias => (float)bias)];
        return graph.Add("Gemm", [x, graph.Constant(weights, _weights.Length, width), graph.Constant(biases, _biases.Length)], ("transB", 1), ("alpha", Scale), ("beta", Scale));
    }

    protected override IEnumerable<StoredTensor> Tensors() =>
        [Stored("bias", [_biases.Length], _biases), Stored("weight", [_weights.Length, _weights[0].Length], _weights.SelectMany(row => row))];

    /// <exception cref="FineTuneException">WeightsMismatch.</exception>
    public static LinearTerms Load(IReadOnlyDictionary<string, StoredTensor> tensors, int classes, string source, string model)
    {
        if (tensors.GetValueOrDefault("weight") is not { Shape: [var rows, var width] } || rows != classes || tensors.GetValueOrDefault("bias") is not { Shape: [var count] } || count != classes || !tensors.ContainsKey("scale"))
            throw Fault.WeightsMismatch(source, model, [$"'weight' and 'bias' of {classes} classes and their 'scale' are wanted"]);
        var (values, columns) = (Values(tensors, "weight"), (int)width);
        var made = new LinearTerms([.. Enumerable.Range(0, classes).Select(label => values[(label * columns)..((label + 1) * columns)])], Values(tensors, "bias"));
        made.Load(tensors);
        return made;
    }
}
