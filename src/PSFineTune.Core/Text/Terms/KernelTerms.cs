using System.Runtime.InteropServices;
using PSFineTune.Exports;
using PSFineTune.Models.Onnx;
using PSFineTune.Packaging;
using PSFineTune.Text.Svm;

namespace PSFineTune.Text.Terms;

/// <summary>A machine with a kernel; of more than two classes each pair of them votes.</summary>
/// <param name="machine">Trained.</param>
/// <param name="classes">Count of classes; one that the machine never saw is never chosen.</param>
sealed class KernelTerms(SupportVectors machine, int classes) : TermClassifier
{
    /// <summary>The logarithm of no probability, of a class that the machine never saw: that of the least float.</summary>
    public static readonly double NoChance = Math.Log(float.Epsilon);

    public SupportVectors Machine => machine;

    /// <summary>The votes for each class, and between equal ones the sum of its pairs' values, brought below half a vote.</summary>
    public override double[] Decide(ReadOnlySpan<int> columns, ReadOnlySpan<double> values)
    {
        var pairs = machine.Decide(columns, values);
        var (votes, sums) = (machine.Votes(pairs), Sums(pairs));
        var decisions = Enumerable.Repeat(-1.0, classes).ToArray();
        for (var i = 0; i < votes.Length; i++) decisions[machine.Labels[i]] = votes.Length == 2 ? sums[i] : votes[i] + sums[i] / (3 * (Math.Abs(sums[i]) + 1));
        return decisions;
    }

    public override float[] Score(ReadOnlySpan<int> columns, ReadOnlySpan<double> values)
    {
        if (machine.Sigmoids is null) return base.Score(columns, values);
        var scores = new float[classes];
        var probabilities = machine.Probabilities(machine.Decide(columns, values));
        for (var i = 0; i < probabilities.Length; i++) scores[machine.Labels[i]] = (float)probabilities[i];
        return scores;
    }

    public override float[] Logits(ReadOnlySpan<int> columns, ReadOnlySpan<double> values) =>
        machine.Sigmoids is null ? base.Logits(columns, values) : Array.ConvertAll(Score(columns, values), score => score == 0 ? (float)NoChance : MathF.Log(score));

    // The machine's own probabilities need no scale.
    public override void Calibrate(SparseRows rows, int[] labels)
    {
        if (machine.Sigmoids is null) base.Calibrate(rows, labels);
    }

    public override double[] Contributions(ReadOnlySpan<int> columns, ReadOnlySpan<double> values, int label)
    {
        var (place, whole) = (Array.IndexOf(machine.Labels, label), machine.Decide(columns, values));
        var shares = new double[columns.Length];
        if (place < 0) return shares;
        var without = values.ToArray();
        for (var i = 0; i < shares.Length; i++)
        {
            without[i] = 0;
            shares[i] = Sums(whole)[place] - Sums(machine.Decide(columns, without))[place];
            without[i] = values[i];
        }
        return shares;
    }

    public override string Export(OnnxGraph graph, string x, int width, ModelPackage package) => new OnnxKernel(graph, this, package, width).Build(x);

    protected override IEnumerable<StoredTensor> Tensors()
    {
        var vectors = Enumerable.Range(0, machine.Vectors.Count);
        yield return Stored("coefficients", [machine.Coefficients.Length, machine.Vectors.Count], machine.Coefficients.SelectMany(row => row));
        yield return Numbers("counts", machine.Counts.Select(count => (long)count));
        yield return Numbers("labels", machine.Labels.Select(label => (long)label));
        if (machine.Sigmoids is { } sigmoids) yield return Stored("sigmoids", [sigmoids.Length, 2], sigmoids.SelectMany(sigmoid => new[] { sigmoid.A, sigmoid.B }));
        yield return Stored("thresholds", [machine.Thresholds.Length], machine.Thresholds);
        yield return Numbers("vectors.columns", vectors.SelectMany(row => machine.Vectors.Columns(row).ToArray()).Select(column => (long)column));
        yield return Numbers("vectors.lengths", vectors.Select(row => (long)machine.Vectors.Columns(row).Length));
        yield return Stored("vectors.values", [machine.Vectors.Stored], vectors.SelectMany(row => machine.Vectors.Values(row).ToArray()));
    }

    /// <exception cref="FineTuneException">WeightsMismatch.</exception>
    public static KernelTerms Load(SvmKernel kernel, IReadOnlyDictionary<string, StoredTensor> tensors, int classes, string source, string model)
    {
        try
        {
            var (columns, values, vectors, at) = (Array.ConvertAll(Longs(tensors, "vectors.columns"), column => checked((int)column)), Values(tensors, "vectors.values"), new SparseRows(), 0);
            foreach (var length in Longs(tensors, "vectors.lengths"))
            {
                vectors.Add(columns.AsSpan(at, checked((int)length)), values.AsSpan(at, (int)length));
                at += (int)length;
            }
            var labels = Array.ConvertAll(Longs(tensors, "labels"), label => checked((int)label));
            var (counts, coefficients) = (Array.ConvertAll(Longs(tensors, "counts"), count => checked((int)count)), Values(tensors, "coefficients"));
            if (labels.Any(label => label < 0 || label >= classes) || counts.Length != labels.Length || counts.Sum() != vectors.Count || coefficients.Length != vectors.Count * (labels.Length - 1)) throw new FormatException();
            var sigmoids = tensors.ContainsKey("sigmoids") ? Values(tensors, "sigmoids").Chunk(2).Select(pair => new Sigmoid(pair[0], pair[1])).ToArray() : null;
            var made = new KernelTerms(new(kernel, labels, vectors, counts, [.. coefficients.Chunk(Math.Max(1, vectors.Count))], Values(tensors, "thresholds"), sigmoids), classes);
            made.Load(tensors);
            return made;
        }
        catch (Exception wrong) when (wrong is KeyNotFoundException or ArgumentException or OverflowException or FormatException or IndexOutOfRangeException)
        {
            throw Fault.WeightsMismatch(source, model, ["its support vectors, coefficients and thresholds do not fit each other"]);
        }
    }

    // What the pairs say for each class together.
    double[] Sums(ReadOnlySpan<double> pairs)
    {
        var (sums, pair) = (new double[machine.Labels.Length], 0);
        for (var i = 0; i < sums.Length; i++)
            for (var j = i + 1; j < sums.Length; j++, pair++)
            {
                sums[i] += pairs[pair];
                sums[j] -= pairs[pair];
            }
        return sums;
    }

    static StoredTensor Numbers(string name, IEnumerable<long> numbers)
    {
        var all = numbers.ToArray();
        return new(name, StoredTensor.Long, [all.Length], MemoryMarshal.AsBytes<long>(all).ToArray());
    }

    static long[] Longs(IReadOnlyDictionary<string, StoredTensor> tensors, string name) => MemoryMarshal.Cast<byte, long>(tensors[name].Bytes).ToArray();
}
