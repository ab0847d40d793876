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
        var (weights, converged) = new DualCoordinateDescent(_rows, [.. Enumerable.Repeat(cost, Samples)], 1e-8, 100_000).Solve(_signs, RandomStream.For(1, 0, "order"), default);
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
        double[] costs = [.. Enumerable.Repeat(1.0, Samples)];
        var one = new DualCoordinateDescent(_rows, costs, 1e-8, 100_000).Solve(_signs, RandomStream.For(1, 0, "order"), default).Weights;
        var other = new DualCoordinateDescent(_rows, costs, 1e-8, 100_000).Solve(_signs, RandomStream.For(2, 0, "order"), default).Weights;
        Assert.All(one.Zip(other), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.False(new DualCoordinateDescent(_rows, costs, 1e-8, 2).Solve(_signs, RandomStream.For(1, 0, "order"), default).Converged);
        Assert.Throws<OperationCanceledException>(() => new DualCoordinateDescent(_rows, costs, 1e-8, 100).Solve(_signs, RandomStream.For(1, 0, "order"), new(canceled: true)));
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
        var (alpha, threshold) = new SequentialMinimalOptimization(new(kernel, _rows, rows, _signs, bytes), _signs, costs, tolerance).Solve(default);

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

    double Kernel(SvmKernel kernel, int left, int right) => kernel.Of(
        SparseRows.Dot(_rows.Columns(left), _rows.Values(left), _rows.Columns(right), _rows.Values(right)), Square(left), Square(right));

    double Square(int row) => SparseRows.Dot(_rows.Columns(row), _rows.Values(row), _rows.Columns(row), _rows.Values(row));
}
