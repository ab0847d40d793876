using System.Runtime.InteropServices;
using PSFineTune.Models.Onnx;
using PSFineTune.Packaging;

namespace PSFineTune.Text.Terms;

/// <summary>A trained model of sparse rows. Read by any number of threads.</summary>
abstract class TermClassifier
{
    const string ScaleName = "scale";

    const int Judged = 1000;

    /// <summary>What decision values are multiplied by before their softmax.</summary>
    public double Scale { get; protected set; } = 1;

    /// <summary>One value a class, the highest for the class that is chosen.</summary>
    /// <param name="columns">Ascending.</param>
    /// <param name="values">As many.</param>
    public abstract double[] Decide(ReadOnlySpan<int> columns, ReadOnlySpan<double> values);

    /// <summary>Class probabilities, summing to 1.</summary>
    public virtual float[] Score(ReadOnlySpan<int> columns, ReadOnlySpan<double> values) => ScoreScale.Probabilities(Decide(columns, values), Scale);

    /// <summary>What the softmax is taken of: scaled decision values.</summary>
    public virtual float[] Logits(ReadOnlySpan<int> columns, ReadOnlySpan<double> values) => Array.ConvertAll(Decide(columns, values), decision => (float)(Scale * decision));

    /// <summary>Makes probabilities what they say, by samples that nothing was learned from; no class is chosen otherwise for it.</summary>
    public virtual void Calibrate(SparseRows rows, int[] labels)
    {
        // One number is known well enough from a thousand, spread over all.
        var step = 1 + labels.Length / Judged;
        int[] chosen = [.. Enumerable.Range(0, labels.Length).Where(row => row % step == 0)];
        Scale = (float)ScoreScale.Fit([.. chosen.AsParallel().AsOrdered().Select(row => Decide(rows.Columns(row), rows.Values(row)))], Array.ConvertAll(chosen, row => labels[row]));
    }

    /// <summary>By how much the decision for a class would be lower without each value of a row.</summary>
    public abstract double[] Contributions(ReadOnlySpan<int> columns, ReadOnlySpan<double> values, int label);

    /// <summary>Adds what its logits come of to a graph.</summary>
    /// <param name="graph">Where to.</param>
    /// <param name="x">Name of what each term counts, texts x terms, float32.</param>
    /// <param name="width">Terms.</param>
    /// <param name="package">Its classes, and its name for a fault.</param>
    /// <returns>Name of the logits, texts x classes, float32.</returns>
    /// <exception cref="FineTuneException">NoOnnxForm.</exception>
    public abstract string Export(OnnxGraph graph, string x, int width, ModelPackage package);

    /// <summary>What it takes to be loaded again.</summary>
    public IEnumerable<StoredTensor> Store() => Tensors().Append(Stored(ScaleName, [1], [Scale]));

    protected abstract IEnumerable<StoredTensor> Tensors();

    protected void Load(IReadOnlyDictionary<string, StoredTensor> tensors) => Scale = Values(tensors, ScaleName)[0];

    protected static StoredTensor Stored(string name, long[] shape, IEnumerable<double> values) =>
        new(name, StoredTensor.Single, shape, MemoryMarshal.AsBytes<float>(values.Select(value => (float)value).ToArray()).ToArray());

    /// <exception cref="KeyNotFoundException">There is no such tensor.</exception>
    protected static double[] Values(IReadOnlyDictionary<string, StoredTensor> tensors, string name) =>
        Array.ConvertAll(MemoryMarshal.Cast<byte, float>(tensors[name].Bytes).ToArray(), value => (double)value);
}
