using PSFineTune.Text;
using PSFineTune.Text.Svm;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>What the solvers end with fulfils the conditions of optimality, whatever way they went.</summary>
public sealed class SvmTests
{
    const int Samples = 120, Features = 40;

    readonly SparseRows _rows = new(Features);
    readonly sbyte[] _signs = new sbyte[Samples];

    public SvmTests()
    {
        var random = RandomStream.For(3, 0, "svm");
        for (var row = 0; row < Samples; row++)
        {
            int[] columns = [.. Enumerable.Range(0, Features).Where(_ => random.Chance(0.2))];
            _signs[row] = (sbyte)(random.Chance(0.5) ? 1 : -1);
            _rows.Add(columns, [.. columns.Select(column => random.Normal() + (column < 8 ? 0.6 * _signs[row] : 0))]);
        }
    }

    [Theory]
    [InlineData(0.1), InlineData(1), InlineData(10)]
    public void A_linear_machine_is_where_its_loss_has_no_slope(double cost)
    {
        var (weights, converged) = Descend(1, 100_000, cost);
        Assert.True(converged);
        // w = sum of 2 C max(0, 1 - y f) y x, the bias as the weight of a feature that is always 1.
        var expected = new double[Features + 1];
        for (var row = 0; row < Samples; row++)
        {
            var pull = 2 * cost * Math.Max(0, 1 - _signs[row] * (_rows.Dot(row, weights) + weights[^1])) * _signs[row];
            expected[^1] += pull;
            for (var i = 0; i < _rows.Columns(row).Length; i++) expected[_rows.Columns(row)[i]] += pull * _rows.Values(row)[i];
        }
        Assert.All(expected.Zip(weights), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void A_linear_machine_is_the_same_in_every_order_and_stops_when_told()
    {
        Assert.All(Descend(1, 100_000).Weights.Zip(Descend(2, 100_000).Weights), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.False(Descend(1, 2).Converged);
        Assert.Throws<OperationCanceledException>(() => Descend(1, 100, cancel: new(canceled: true)));
    }

    public static TheoryData<SvmKernel, double, long> Machines => new()
    {
        { new LinearKernel(), 1, 1 << 20 }, { new LinearKernel(), 1000, 1 << 20 }, { new RbfKernel { Gamma = 0.1 }, 10, 1 << 20 }, { new RbfKernel { Gamma = 0.1 }, 0.5, 0 },
        { new PolynomialKernel { Gamma = 0.2, Coef0 = 1, Degree = 3 }, 1, 0 },
    };

    // With no memory for rows but two, too.
    [Theory, MemberData(nameof(Machines))]
    public void A_machine_with_a_kernel_violates_no_condition(SvmKernel kernel, double cost, long bytes)
    {
        const double tolerance = 1e-3;
        var rows = Enumerable.Range(0, Samples).ToArray();
        double[] costs = [.. _signs.Select(sign => sign > 0 ? cost : 0.7 * cost)];
        var (alpha, threshold) = new SequentialMinimalOptimization(new(kernel, _rows, rows, bytes), _signs, costs, tolerance).Solve(default);

        Assert.Equal(0, alpha.Zip(_signs, (value, sign) => value * sign).Sum(), 1e-6 * cost);
        Assert.All(alpha.Zip(costs), pair => Assert.InRange(pair.First, 0, pair.Second));
        Assert.Contains(alpha, value => value > 0);
        for (var row = 0; row < Samples; row++)
        {
            var margin = _signs[row] * (rows.Sum(other => alpha[other] * _signs[other] * Kernel(kernel, row, other)) - threshold) - 1;
            // Float32 rows of Q, and the tolerance.
            var slack = 2 * tolerance + 1e-5 * cost;
            if (alpha[row] == 0) Assert.True(margin >= -slack, $"{row}: {margin}");
            else if (alpha[row] == costs[row]) Assert.True(margin <= slack, $"{row}: {margin}");
            else Assert.InRange(margin, -slack, slack);
        }
    }

    [Fact]
    public void Sparse_rows_are_as_they_were_added()
    {
        var rows = new SparseRows();
        rows.Add([1, 5], [2, 3]);
        rows.Add([], []);
        rows.Add([0, 5, 900], [1, -1, 4]);
        Assert.Equal((3, 901, 5), (rows.Count, rows.Width, rows.Stored));
        Assert.Equal([0, 5, 900], rows.Columns(2).ToArray());
        Assert.Empty(rows.Columns(1).ToArray());
        Assert.Equal(-3, SparseRows.Dot(rows.Columns(0), rows.Values(0), rows.Columns(2), rows.Values(2)));
        Assert.Equal(13, rows.Dot(0, [9, 2, 9, 9, 9, 3, 9]));
    }

    [Fact]
    public void Sparse_rows_hold_so_much_and_no_more()
    {
        var rows = new SparseRows(most: 100);
        for (var row = 0; row < 50; row++) rows.Add([row, row + 1], [1, 2]);
        var wrong = Assert.Throws<FineTuneException>(() => rows.Add([1], [1]));
        Assert.Equal(("TooManyNumbers", FaultKind.LimitExceeded), (wrong.Id, wrong.Kind));
        Assert.Contains("After 50 rows", wrong.Message);
        rows.Add([], []);
        Assert.Equal((51, 100), (rows.Count, rows.Stored));
        Assert.Equal([49, 50], rows.Columns(49).ToArray());
    }

    // Eight at a time and one by one, with equals, and with places that may not be chosen.
    [Fact]
    public void Passes_over_the_samples_choose_as_loops_would()
    {
        var random = RandomStream.For(5, 0, "passes");
        for (var length = 1; length < 60; length++)
        {
            double[] values = [.. Enumerable.Range(0, length).Select(_ => random.Below(5) - 2.0)], diagonal = [.. values.Select(_ => 1.0 + random.Below(2))];
            double[] up = [.. values.Select(_ => random.Chance(0.7) ? 0 : double.NegativeInfinity)], down = [.. values.Select(_ => random.Chance(0.7) ? 0 : double.PositiveInfinity)];
            float[] row = [.. values.Select(_ => random.Below(3) - 1f)], other = [.. values.Select(_ => random.Below(3) - 1f)];
            var (most, highest) = (double.NegativeInfinity, -1);
            for (var i = 0; i < length; i++) if (up[i] == 0 && values[i] >= most) (most, highest) = (values[i], i);
            Assert.Equal((most, highest), WorkingSet.Highest(values, up));

            var (lowest, best, partner) = (double.PositiveInfinity, 0.0, -1);
            for (var i = 0; i < length; i++)
            {
                if (down[i] > 0) continue;
                lowest = Math.Min(lowest, values[i]);
                var gain = values[i] < 1.5 ? (1.5 - values[i]) * (1.5 - values[i]) / VariablePair.Curvature(1 + diagonal[i] - 2 * row[i]) : -1;
                if (gain >= best) (best, partner) = (gain, i);
            }
            Assert.Equal((lowest, partner), WorkingSet.Partner(values, down, row, diagonal, 1.5, 1));

            double[] expected = [.. values.Select((value, i) => value - (row[i] * 0.25 - other[i] * 0.5))];
            WorkingSet.Subtract(values, row, 0.25, other, -0.5);
            Assert.Equal(expected, values);
        }
    }

    [Fact]
    public void Exponentials_are_right_to_the_last_bits()
    {
        var random = RandomStream.For(6, 0, "exponentials");
        double[] values = [0, 1, -1, -707, -709, -1e6, 700, Math.Log(2) / 2, .. Enumerable.Range(0, 5001).Select(_ => random.Uniform(-50, 5))], results = [.. values];
        Exponential.OfAll(results);
        Assert.All(values.Zip(results), pair => Assert.InRange(pair.Second - (pair.First < -708 ? 0 : Math.Exp(pair.First)), -1e-15 * Math.Exp(pair.First), 1e-15 * Math.Exp(pair.First)));
        Assert.Equal(0, results[5]);
    }

    [Fact]
    public void Products_by_columns_are_those_by_rows()
    {
        int[] chosen = [7, 3, 50, 3];
        var index = new ColumnIndex(_rows, chosen);
        var products = new double[4];
        index.Multiply([2, 9, 30, 4000], [1, -2, 3, 4], products);
        Assert.All(chosen.Zip(products), pair => Assert.Equal(SparseRows.Dot(_rows.Columns(pair.First), _rows.Values(pair.First), [2, 9, 30, 4000], [1, -2, 3, 4]), pair.Second, 12));
        index.Multiply([], [], products);
        Assert.Equal([0, 0, 0, 0], products);
    }

    (double[] Weights, bool Converged) Descend(int seed, int passes, double cost = 1, CancellationToken cancel = default) =>
        new DualCoordinateDescent(_rows, 1e-8, passes).Solve([.. Enumerable.Range(0, Samples)], _signs, [.. Enumerable.Repeat(cost, Samples)], RandomStream.For(seed, 0, "order"), cancel);

    double Kernel(SvmKernel kernel, int left, int right) => kernel.Of(
        SparseRows.Dot(_rows.Columns(left), _rows.Values(left), _rows.Columns(right), _rows.Values(right)), Square(left), Square(right));

    double Square(int row) => SparseRows.Dot(_rows.Columns(row), _rows.Values(row), _rows.Columns(row), _rows.Values(row));
}
