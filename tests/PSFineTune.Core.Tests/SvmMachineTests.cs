using PSFineTune.Text;
using PSFineTune.Text.Svm;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Machines of many classes beside LIBSVM's and scikit-learn's of the same data, and laws that need no peer.</summary>
public sealed class SvmMachineTests
{
    static readonly SparseDataset s_train = LibSvmGolden.Read(LibSvmGolden.Get.Train), s_test = LibSvmGolden.Read(LibSvmGolden.Get.Test);
    static readonly int[] s_labels = LibSvmGolden.LabelsOf(s_train);

    static SupportVectors Train(SvmSettings settings, SparseDataset? data = null) => new OneVersusOne((data ?? s_train).Rows, LibSvmGolden.LabelsOf(data ?? s_train), settings).Train(default);

    public static TheoryData<string, double, double[]?, SvmKernel> Peers => new()
    {
        { "linear", 1, null, new LinearKernel() }, { "rbf", 10, null, new RbfKernel { Gamma = 0.2 } }, { "polynomial", 1, null, new PolynomialKernel { Gamma = 0.3, Coef0 = 1, Degree = 2 } },
        { "weighted", 1, [1, 3, 0.5], new LinearKernel() },
    };

    [Theory, MemberData(nameof(Peers))]
    public void A_machine_is_the_one_that_svm_train_makes(string name, double cost, double[]? weights, SvmKernel kernel)
    {
        var peer = LibSvmGolden.Get.Machines[name];
        var theirs = LibSvmGolden.ReadModel(peer.Model);
        var ours = Train(new() { Kernel = kernel, Cost = cost, ClassWeights = weights });
        Assert.Equal(peer.Predictions, LibSvmGolden.Predict(ours, s_test));
        Assert.InRange(ours.Vectors.Count, theirs.Vectors.Count - 1, theirs.Vectors.Count + 1);
        for (var row = 0; row < s_test.Count; row++)
            Assert.All(ByPair(ours, row).Zip(ByPair(theirs, row)), pair => Assert.Equal(pair.Second, pair.First, 5e-3 * cost));
    }

    // Pairs of labels, whatever their order in the machine.
    static IEnumerable<double> ByPair(SupportVectors machine, int row)
    {
        var decisions = machine.Decide(s_test.Rows.Columns(row), s_test.Rows.Values(row));
        var pairs = from i in Enumerable.Range(0, 3) from j in Enumerable.Range(i + 1, 2 - i) select (I: machine.Labels[i], J: machine.Labels[j]);
        return pairs.Zip(decisions, (pair, value) => (Math.Min(pair.I, pair.J), Math.Max(pair.I, pair.J), Value: pair.I < pair.J ? value : -value)).Order().Select(pair => pair.Value);
    }

    // Two points at -1 and 3: the widest margin is at 1, its half-width 2, so f(x) = (x - 1) / 2 with both variables at 1 / 8.
    [Fact]
    public void Two_points_are_parted_in_the_middle()
    {
        var rows = new SparseRows();
        rows.Add([0], [-1]);
        rows.Add([0], [3]);
        var machine = new OneVersusOne(rows, [0, 1], new()).Train(default);
        Assert.Equal(-0.125, machine.Coefficients[0][1], 12);
        Assert.Equal(0.125, machine.Coefficients[0][0], 12);
        Assert.Equal(-0.5, machine.Thresholds[0], 12);
        Assert.Equal(-1, machine.Decide([0], [3])[0], 12);
        Assert.Equal((0, 1), (machine.Predict([0], [0.9]), machine.Predict([0], [1.1])));
        // Of squared hinge loss at C = 1/2, the bias penalised too: both points violate, so w = (1 - w + b) + 3 (1 - 3 w - b) and b = (1 - 3 w - b) - (1 - w + b).
        var linear = new OneVersusRest(rows, [0, 1], new() { Cost = 0.5, Tolerance = 1e-12, Passes = 100_000 }).Train(default);
        Assert.Equal(12.0 / 29, linear.Weights[0][0], 1e-9);
        Assert.Equal(-8.0 / 29, linear.Biases[0], 1e-9);
    }

    [Theory, InlineData("classes"), InlineData("pair")]
    public void A_linear_machine_is_scikit_learns(string name)
    {
        var data = name == "pair" ? LibSvmGolden.Read(LibSvmGolden.Get.PairTrain) : s_train;
        var machine = new OneVersusRest(data.Rows, LibSvmGolden.LabelsOf(data), new() { Cost = 0.7, Tolerance = 1e-9, Passes = 1_000_000 }).Train(default);
        var peer = LibSvmGolden.Get.Linear[name];
        Assert.True(machine.Converged);
        Assert.All(peer.Biases.Zip(machine.Biases), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.All(peer.Weights.SelectMany(row => row).Zip(machine.Weights.SelectMany(row => row)), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    // Weight 2 of class 1 and 3 of class 2 is every such sample twice or thrice.
    [Fact]
    public void A_class_weight_is_so_many_copies()
    {
        double[] weights = [1, 2, 3];
        var (rows, labels) = (new SparseRows(s_train.Width), new List<int>());
        for (var row = 0; row < s_train.Count; row++)
            for (var copy = 0; copy < weights[s_labels[row]]; copy++)
            {
                rows.Add(s_train.Rows.Columns(row), s_train.Rows.Values(row));
                labels.Add(s_labels[row]);
            }
        var settings = new SvmSettings { Kernel = new RbfKernel { Gamma = 0.2 }, Tolerance = 1e-6 };
        var (weighed, copied) = (Train(settings with { ClassWeights = weights }), new OneVersusOne(rows, [.. labels], settings).Train(default));
        var linear = new LinearSettings { Tolerance = 1e-9, Passes = 1_000_000 };
        var (weighedLinear, copiedLinear) = (new OneVersusRest(s_train.Rows, s_labels, linear with { ClassWeights = weights }).Train(default), new OneVersusRest(rows, [.. labels], linear).Train(default));
        for (var row = 0; row < s_test.Count; row++)
        {
            var (columns, values) = (s_test.Rows.Columns(row).ToArray(), s_test.Rows.Values(row).ToArray());
            Assert.All(weighed.Decide(columns, values).Zip(copied.Decide(columns, values)), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
            Assert.All(weighedLinear.Decide(columns, values).Zip(copiedLinear.Decide(columns, values)), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        }
    }

    [Fact]
    public void One_thread_and_three_make_the_same_machine_and_the_seed_is_that_of_the_probabilities()
    {
        var settings = new SvmSettings { Kernel = new RbfKernel { Gamma = 0.2 }, Probability = true, Threads = 1 };
        var (one, three) = (Train(settings), Train(settings with { Threads = 3, CacheSize = 0 }));
        Assert.Equal(one.Thresholds, three.Thresholds);
        Assert.Equal(one.Coefficients, three.Coefficients);
        Assert.Equal(one.Sigmoids, three.Sigmoids);
        var other = Train(settings with { Seed = 7 });
        Assert.Equal(one.Coefficients, other.Coefficients);
        Assert.NotEqual(one.Sigmoids, other.Sigmoids);

        var linear = new LinearSettings { Probability = true, Threads = 1 };
        var (first, third) = (new OneVersusRest(s_train.Rows, s_labels, linear).Train(default), new OneVersusRest(s_train.Rows, s_labels, linear with { Threads = 3 }).Train(default));
        Assert.Equal(first.Weights, third.Weights);
        Assert.Equal(first.Sigmoids, third.Sigmoids);
        Assert.NotEqual(first.Sigmoids, new OneVersusRest(s_train.Rows, s_labels, linear with { Seed = 7 }).Train(default).Sigmoids);
    }

    [Fact]
    public void Training_stops_when_told()
    {
        var cancel = new CancellationToken(canceled: true);
        Assert.ThrowsAny<OperationCanceledException>(() => new OneVersusOne(s_train.Rows, s_labels, new()).Train(cancel));
        Assert.ThrowsAny<OperationCanceledException>(() => new OneVersusRest(s_train.Rows, s_labels, new()).Train(cancel));
        // In the midst of passes that would go on for days.
        using var soon = new CancellationTokenSource(100);
        Assert.ThrowsAny<OperationCanceledException>(() => new OneVersusRest(s_train.Rows, s_labels, new() { Tolerance = 1e-300, Passes = int.MaxValue }).Train(soon.Token));
    }

    [Fact]
    public void What_cannot_be_learned_is_refused()
    {
        Assert.Equal("OneClass", Assert.Throws<FineTuneException>(() => new OneVersusOne(s_train.Rows, new int[s_train.Count], new()).Train(default)).Id);
        Assert.Equal("OneClass", Assert.Throws<FineTuneException>(() => new OneVersusRest(s_train.Rows, new int[s_train.Count], new()).Train(default)).Id);
        SvmSettings[] bad = [new() { Cost = 0 }, new() { Cost = double.NaN }, new() { Tolerance = 0 }, new() { CacheSize = -1 }, new() { ClassWeights = [1, 1] }, new() { ClassWeights = [1, 0, 1] },
            new() { Kernel = new RbfKernel { Gamma = 0 } }, new() { Kernel = new PolynomialKernel { Degree = 0 } }];
        Assert.All(bad, settings => Assert.Equal("BadPlanSetting", Assert.Throws<FineTuneException>(() => Train(settings)).Id));
        var wide = new SparseRows();
        wide.Add([int.MaxValue - 1], [1]);
        wide.Add([0], [1]);
        Assert.Equal("TooManyColumns", Assert.Throws<FineTuneException>(() => new OneVersusRest(wide, [0, 1], new()).Train(default)).Id);
        // A machine with a kernel keeps what there is, however it is numbered.
        Assert.Equal(2, new OneVersusOne(wide, [0, 1], new()).Train(default).Vectors.Count);
    }

    [Fact]
    public void Values_that_cannot_be_reckoned_with_are_refused()
    {
        var rows = new SparseRows();
        rows.Add([0], [1]);
        rows.Add([0], [1e160]);
        foreach (var kernel in new SvmKernel[] { new LinearKernel(), new RbfKernel(), new PolynomialKernel() })
        {
            var wrong = Assert.Throws<FineTuneException>(() => new OneVersusOne(rows, [0, 1], new() { Kernel = kernel }).Train(default));
            Assert.Equal("ValuesTooLarge", wrong.Id);
            Assert.Contains("sample 2", wrong.Message);
        }
        Assert.Equal("ValuesTooLarge", Assert.Throws<FineTuneException>(() => new OneVersusRest(rows, [0, 1], new()).Train(default)).Id);
    }

    // Scores drawn so that the sigmoid is known; 1 / (1 + exp(-2 f + 0.5)).
    [Fact]
    public void A_sigmoid_is_found_again()
    {
        var random = RandomStream.For(4, 0, "sigmoid");
        double[] decisions = [.. Enumerable.Range(0, 20_000).Select(_ => random.Normal())];
        sbyte[] signs = [.. decisions.Select(f => (sbyte)(random.Chance(1 / (1 + Math.Exp(-2 * f + 0.5))) ? 1 : -1))];
        var fitted = Sigmoid.Fit(decisions, signs);
        Assert.Equal(-2, fitted.A, 0.1);
        Assert.Equal(0.5, fitted.B, 0.1);
        Assert.Equal((0, 1), (fitted.Of(-1e6), fitted.Of(1e6)));
        // One class alone: a number all the same.
        Assert.True(double.IsFinite(Sigmoid.Fit([1, 2, 3], [1, 1, 1]).Of(2)));
    }

    [Fact]
    public void Pairs_that_agree_are_coupled_to_what_they_came_from()
    {
        double[] expected = [0.5, 0.3, 0.15, 0.05];
        var pairs = new double[4, 4];
        for (var i = 0; i < 4; i++) for (var j = 0; j < 4; j++) if (i != j) pairs[i, j] = expected[i] / (expected[i] + expected[j]);
        Assert.All(expected.Zip(PairCoupling.Combine(pairs)), pair => Assert.Equal(pair.First, pair.Second, 0.01));
        Assert.Equal(1, PairCoupling.Combine(pairs).Sum(), 12);
    }

    [Fact]
    public void Probabilities_of_a_linear_machine_are_shares_that_mean_something()
    {
        var random = RandomStream.For(8, 0, "shares");
        var (rows, labels) = (new SparseRows(3), new List<int>());
        for (var row = 0; row < 3000; row++)
        {
            var label = random.Below(3);
            labels.Add(label);
            rows.Add([0, 1, 2], [.. Enumerable.Range(0, 3).Select(column => random.Normal() + (column == label ? 1.5 : 0))]);
        }
        var machine = new OneVersusRest(rows, [.. labels], new() { Probability = true }).Train(default);
        double[][] shares = [.. Enumerable.Range(0, rows.Count).Select(row => machine.Probabilities(machine.Decide(rows.Columns(row), rows.Values(row))))];
        Assert.All(shares, share => Assert.Equal(1, share.Sum(), 12));
        // Of the samples that are given some seventy percent, about so many are of the class.
        var (near, right) = (0, 0);
        for (var row = 0; row < shares.Length; row++)
            for (var label = 0; label < 3; label++)
                if (shares[row][label] is > 0.6 and < 0.8) (near, right) = (near + 1, right + (labels[row] == label ? 1 : 0));
        Assert.InRange((double)right / near, 0.6, 0.8);
        var plain = machine with { Sigmoids = null };
        Assert.Throws<InvalidOperationException>(() => plain.Probabilities([1, 2, 3]));
    }
}
