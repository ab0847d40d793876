using PSFineTune.Models.Onnx;
using PSFineTune.Models.Onnx.Schema;
using PSFineTune.Packaging;
using PSFineTune.Text.Svm;
using PSFineTune.Text.Terms;

namespace PSFineTune.Exports;

/// <summary>A machine with a kernel as ONNX, in double precision: a vote is all or nothing, and a rounded value may turn it.</summary>
/// <param name="graph">Where to.</param>
/// <param name="terms">The machine.</param>
/// <param name="package">Its classes.</param>
/// <param name="width">Columns of a text.</param>
sealed class OnnxKernel(OnnxGraph graph, KernelTerms terms, ModelPackage package, int width)
{
    // Zeros are written, too; an array holds no more.
    const long MostNumbers = 500_000_000;

    readonly SupportVectors _machine = terms.Machine;
    readonly OnnxDoubles _doubles = new(graph);

    int Classes => _machine.Labels.Length;

    /// <exception cref="FineTuneException">NoOnnxForm: probabilities of more than two classes come of an iteration; or the vectors with their zeros are too many.</exception>
    public string Build(string x)
    {
        if (Classes < 2) throw Fault.NoOnnxForm(package.Model, "it has seen one class only");
        if (_machine.Sigmoids is not null && Classes > 2) throw Fault.NoOnnxForm(package.Model, "with Probability the chances of more than two classes come of an iteration that ends when it is near enough: train it without");
        if ((long)_machine.Vectors.Count * width > MostNumbers) throw Fault.NoOnnxForm(package.Model, $"its {_machine.Vectors.Count} support vectors of {width} terms are more than {MostNumbers} numbers with their zeros: choose fewer terms, or train a LinearSvm");
        var pairs = _doubles.Op("Sub", _doubles.Op("MatMul", Kernel(graph.Cast(x, TensorProto.Types.DataType.Double)), _doubles.Matrix(Coefficients(), _machine.Vectors.Count, _machine.Thresholds.Length)), _doubles.Row(_machine.Thresholds));
        if (_machine.Sigmoids is [var sigmoid]) return Logarithms(pairs, sigmoid);
        var sums = _doubles.Op("MatMul", pairs, _doubles.Matrix(Signs(), _machine.Thresholds.Length, Classes));
        var decisions = Classes == 2 ? sums : _doubles.Op("Add", Votes(pairs), _doubles.Op("Div", sums, _doubles.Op("Mul", _doubles.Op("Add", _doubles.Op("Abs", sums), _doubles.One(1)), _doubles.One(3))));
        var all = _doubles.Op("Add", _doubles.Op("MatMul", decisions, _doubles.Matrix(Placed(), Classes, package.Classes.Count)), _doubles.Row([.. Enumerable.Range(0, package.Classes.Count).Select(label => _machine.Labels.Contains(label) ? 0.0 : -1)]));
        return graph.Cast(_doubles.Op("Mul", all, _doubles.One(terms.Scale)), TensorProto.Types.DataType.Float);
    }

    // N x support vectors.
    string Kernel(string x)
    {
        var turned = new float[(long)width * _machine.Vectors.Count];
        for (var row = 0; row < _machine.Vectors.Count; row++)
        {
            var columns = _machine.Vectors.Columns(row);
            var values = _machine.Vectors.Values(row);
            for (var i = 0; i < columns.Length; i++)
                if (columns[i] < width) turned[(long)columns[i] * _machine.Vectors.Count + row] = (float)values[i];
        }
        var products = _doubles.Op("MatMul", x, graph.Cast(graph.Constant(turned, width, _machine.Vectors.Count), TensorProto.Types.DataType.Double));
        return _machine.Kernel.Export(_doubles, products, () => Distances(x, products));
    }

    // Squares of them: both squares, less twice the product.
    string Distances(string x, string products)
    {
        var own = graph.Add("ReduceSum", [_doubles.Op("Mul", x, x), graph.Constant(1L)], ("keepdims", 1));
        double[] squares = [.. Enumerable.Range(0, _machine.Vectors.Count).Select(_machine.Vectors.Square)];
        return _doubles.Op("Sub", _doubles.Op("Add", own, _doubles.Row(squares)), _doubles.Op("Mul", products, _doubles.One(2)));
    }

    // A vote for the first of a pair adds 1 to it, any other to the second.
    string Votes(string pairs)
    {
        var first = graph.Cast(_doubles.Op("Greater", pairs, _doubles.One(0)), TensorProto.Types.DataType.Double);
        double[] others = [.. Enumerable.Range(0, Classes).Select(place => (double)place)];
        return _doubles.Op("Add", _doubles.Op("MatMul", first, _doubles.Matrix(Signs(), _machine.Thresholds.Length, Classes)), _doubles.Row(others));
    }

    // Of two classes: the chances themselves, as logarithms.
    string Logarithms(string pairs, Sigmoid sigmoid)
    {
        const double least = SupportVectors.LeastShare;
        var share = _doubles.Op("Sigmoid", _doubles.Op("Sub", _doubles.Op("Mul", pairs, _doubles.One(-sigmoid.A)), _doubles.One(sigmoid.B)));
        var first = _doubles.Op("Min", _doubles.Op("Max", share, _doubles.One(least)), _doubles.One(1 - least));
        var both = graph.Add("Concat", [first, _doubles.Op("Sub", _doubles.One(1), first)], ("axis", 1));
        var placed = _doubles.Op("MatMul", _doubles.Op("Log", both), _doubles.Matrix(Placed(), Classes, package.Classes.Count));
        // A class that it never saw has no chance at all.
        return graph.Cast(_doubles.Op("Add", placed, _doubles.Row([.. Enumerable.Range(0, package.Classes.Count).Select(label => _machine.Labels.Contains(label) ? 0.0 : KernelTerms.NoChance)])), TensorProto.Types.DataType.Float);
    }

    double[] Coefficients()
    {
        var (pairs, at) = (_machine.Thresholds.Length, new int[Classes + 1]);
        for (var i = 0; i < Classes; i++) at[i + 1] = at[i] + _machine.Counts[i];
        var matrix = new double[(long)_machine.Vectors.Count * pairs];
        for (var (i, pair) = (0, 0); i < Classes; i++)
            for (var j = i + 1; j < Classes; j++, pair++)
            {
                for (var vector = at[i]; vector < at[i + 1]; vector++) matrix[(long)vector * pairs + pair] = _machine.Coefficients[j - 1][vector];
                for (var vector = at[j]; vector < at[j + 1]; vector++) matrix[(long)vector * pairs + pair] = _machine.Coefficients[i][vector];
            }
        return matrix;
    }

    // By pair and class: what is for its first is against its second.
    double[] Signs()
    {
        var signs = new double[_machine.Thresholds.Length * Classes];
        for (var (i, pair) = (0, 0); i < Classes; i++)
            for (var j = i + 1; j < Classes; j++, pair++) (signs[pair * Classes + i], signs[pair * Classes + j]) = (1, -1);
        return signs;
    }

    // From the machine's classes to those of the package.
    double[] Placed()
    {
        var placed = new double[Classes * package.Classes.Count];
        for (var i = 0; i < Classes; i++) placed[i * package.Classes.Count + _machine.Labels[i]] = 1;
        return placed;
    }
}
