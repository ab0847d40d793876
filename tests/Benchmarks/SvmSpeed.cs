using System.Diagnostics;
using PSFineTune.Text;
using PSFineTune.Text.LibSvm;
using PSFineTune.Text.Svm;

namespace PSFineTune.Benchmarks;

/// <summary>Seconds in which a support vector machine learns a file of LIBSVM, and what it then knows.</summary>
static class SvmSpeed
{
    /// <param name="train">To learn from.</param>
    /// <param name="test">To judge on.</param>
    /// <param name="kernel">LinearSvm for the linear machine, else the kernel: Linear, Rbf (gamma 0.01, C 10) or Polynomial.</param>
    /// <param name="passes">Times that it learns; the first compiles, too.</param>
    /// <param name="threads">At most.</param>
    public static IEnumerable<object> Measure(string train, string test, string kernel, int passes, int threads)
    {
        var tested = LibSvmFile.Read(test);
        for (var pass = 1; pass <= passes; pass++)
        {
            var began = Stopwatch.GetTimestamp();
            var data = LibSvmFile.Read(train);
            int[] labels = [.. data.Labels.Select(label => (int)label)];
            var read = Stopwatch.GetElapsedTime(began).TotalSeconds;
            began = Stopwatch.GetTimestamp();
            var (predict, vectors) = Learn(data.Rows, labels, kernel, threads);
            var learned = Stopwatch.GetElapsedTime(began).TotalSeconds;
            began = Stopwatch.GetTimestamp();
            var right = Enumerable.Range(0, tested.Count).Count(row => predict(tested.Rows, row) == (int)tested.Labels[row]);
            yield return new
            {
                kernel, pass, threads, read_seconds = Math.Round(read, 4), train_seconds = Math.Round(learned, 4), predict_seconds = Math.Round(Stopwatch.GetElapsedTime(began).TotalSeconds, 4),
                support_vectors = vectors, accuracy = Math.Round((double)right / tested.Count, 4), peak_MiB = Process.GetCurrentProcess().PeakWorkingSet64 >> 20,
            };
        }
    }

    static (Func<SparseRows, int, int> Predict, int? Vectors) Learn(SparseRows rows, int[] labels, string kernel, int threads)
    {
        if (kernel == "LinearSvm")
        {
            var linear = new OneVersusRest(rows, labels, new() { Threads = threads }).Train(default);
            return ((samples, row) => linear.Labels[linear.Choose(linear.Decide(samples.Columns(row), samples.Values(row)))], null);
        }
        var settings = kernel switch
        {
            "Linear" => new SvmSettings(),
            "Rbf" => new SvmSettings { Kernel = new RbfKernel { Gamma = 0.01 }, Cost = 10 },
            "Polynomial" => new SvmSettings { Kernel = new PolynomialKernel { Gamma = 0.1, Coef0 = 1, Degree = 2 } },
            _ => throw new FormatException(),
        };
        var machine = new OneVersusOne(rows, labels, settings with { Threads = threads }).Train(default);
        return ((samples, row) => machine.Predict(samples.Columns(row), samples.Values(row)), machine.Vectors.Count);
    }
}
