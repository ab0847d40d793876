namespace PSFineTune.Text.Svm;

/// <summary>
/// The dual of a two-class C-SVC, two variables at a time: working sets by second order information (Fan, Chen and Lin 2005,
/// Working set selection using second order information for training SVM), shrinking, and a gradient that is put together
/// again where shrunk samples return; as LIBSVM does it, so that both end with the same support vectors.
/// </summary>
/// <remarks>
/// What LIBSVM keeps as gradient G, this keeps as value -yG: then the kernel needs no signs, a step takes from all values a
/// multiple of two rows of it, and the pair is that of the highest value which may rise and of one which may fall.
/// </remarks>
sealed class SequentialMinimalOptimization
{
    // Steps between two looks at what can be left out.
    const int Patience = 1000;

    readonly KernelRows _kernel;
    readonly sbyte[] _y;
    readonly double[] _c, _alpha;
    readonly double[] _values, _bounded;
    readonly double[] _up, _down;
    readonly int[] _places;
    readonly double _tolerance;

    int _active;
    bool _unshrunk;

    /// <param name="kernel">Of the samples.</param>
    /// <param name="signs">1 or -1, by sample.</param>
    /// <param name="costs">Upper bound of a sample's variable, above 0.</param>
    /// <param name="tolerance">Largest violation of the conditions of optimality at which it ends.</param>
    public SequentialMinimalOptimization(KernelRows kernel, sbyte[] signs, double[] costs, double tolerance)
    {
        (_kernel, _y, _c, _tolerance, _active) = (kernel, [.. signs], [.. costs], tolerance, signs.Length);
        (_alpha, _bounded, _up, _down) = (new double[_active], new double[_active], new double[_active], new double[_active]);
        (_values, _places) = ([.. signs.Select(sign => (double)sign)], [.. Enumerable.Range(0, _active)]);
        for (var place = 0; place < _active; place++) SetBarriers(place);
    }

    /// <summary>Variables by sample, and the threshold: a new sample's value is the sum of y alpha K minus it.</summary>
    public (double[] Alpha, double Threshold) Solve(CancellationToken cancel)
    {
        var until = Math.Min(_y.Length, Patience) + 1;
        for (long step = 0; step < Math.Max(10_000_000L, 100L * _y.Length); step++)
        {
            cancel.ThrowIfCancellationRequested();
            if (--until == 0)
            {
                until = Math.Min(_y.Length, Patience);
                Shrink();
            }
            var (i, j) = Select();
            if (i < 0)
            {
                Unshrink();
                (i, j) = Select();
                if (i < 0) break;
                until = 1;
            }
            Improve(i, j);
        }
        Unshrink();
        var alpha = new double[_y.Length];
        for (var place = 0; place < alpha.Length; place++) alpha[_places[place]] = _alpha[place];
        return (alpha, Threshold());
    }

    bool AtLower(int place) => _alpha[place] <= 0;

    bool AtUpper(int place) => _alpha[place] >= _c[place];

    bool IsFree(int place) => _alpha[place] > 0 && _alpha[place] < _c[place];

    // y alpha may rise where it is below its highest value, and fall where it is above its lowest.
    void SetBarriers(int place)
    {
        var (rises, falls) = _y[place] > 0 ? (!AtUpper(place), !AtLower(place)) : (!AtLower(place), !AtUpper(place));
        (_up[place], _down[place]) = (rises ? 0 : double.NegativeInfinity, falls ? 0 : double.PositiveInfinity);
    }

    // The variable that violates most, and the one with which the objective falls most; -1 where all conditions hold.
    (int I, int J) Select()
    {
        var values = _values.AsSpan(0, _active);
        var (most, i) = WorkingSet.Highest(values, _up);
        if (i < 0) return (-1, -1);
        var (least, j) = WorkingSet.Partner(values, _down, _kernel.Row(i, _active), _kernel.Diagonal, most, _kernel.Diagonal[i]);
        return most - least < _tolerance || j < 0 ? (-1, -1) : (i, j);
    }

    // The best values of two variables on the line that keeps the sum of y alpha, within their bounds.
    void Improve(int i, int j)
    {
        var rowI = _kernel.Row(i, _active);
        var rowJ = _kernel.Row(j, _active);
        var (oldI, oldJ, upperI, upperJ) = (_alpha[i], _alpha[j], AtUpper(i), AtUpper(j));
        var pair = new VariablePair(oldI, oldJ, _c[i], _c[j]);
        var curvature = _kernel.Diagonal[i] + _kernel.Diagonal[j] - 2 * (double)rowI[j];
        (_alpha[i], _alpha[j]) = _y[i] == _y[j]
            ? pair.KeepingSum(_y[i] * (_values[j] - _values[i]), curvature)
            : pair.KeepingDifference(_y[i] * (_values[j] - _values[i]), curvature);
        WorkingSet.Subtract(_values.AsSpan(0, _active), rowI, _y[i] * (_alpha[i] - oldI), rowJ, _y[j] * (_alpha[j] - oldJ));
        Bound(i, upperI);
        Bound(j, upperJ);
    }

    // What variables at their upper bound give to the values of all samples, shrunk ones too.
    void Bound(int place, bool before)
    {
        SetBarriers(place);
        if (before == AtUpper(place)) return;
        var row = _kernel.Row(place, _y.Length);
        WorkingSet.Subtract(_bounded, row, before ? -_c[place] * _y[place] : _c[place] * _y[place], row, 0);
    }

    void Shrink()
    {
        var (up, down) = Ends();
        if (!_unshrunk && up - down <= 10 * _tolerance)
        {
            _unshrunk = true;
            Unshrink();
        }
        var swaps = new List<(int, int)>();
        for (var place = 0; place < _active; place++)
        {
            if (!IsStuck(place)) continue;
            for (_active--; _active > place; _active--)
                if (!IsStuck(_active))
                {
                    Swap(place, _active);
                    swaps.Add((place, _active));
                    break;
                }
        }
        _kernel.Swap(swaps);

        // At its bound, and by its value to stay there.
        bool IsStuck(int place) => _up[place] < 0 ? _values[place] > up : _down[place] > 0 && _values[place] < down;
    }

    // The highest value that may rise, and the lowest that may fall.
    (double Up, double Down) Ends()
    {
        var (up, down) = (double.NegativeInfinity, double.PositiveInfinity);
        for (var place = 0; place < _active; place++)
            (up, down) = (Math.Max(up, _values[place] + _up[place]), Math.Min(down, _values[place] + _down[place]));
        return (up, down);
    }

    void Unshrink()
    {
        if (_active == _y.Length) return;
        for (var place = _active; place < _y.Length; place++) _values[place] = _bounded[place] + _y[place];
        for (var place = 0; place < _active; place++)
        {
            if (!IsFree(place)) continue;
            var row = _kernel.Row(place, _y.Length)[_active..];
            WorkingSet.Subtract(_values.AsSpan(_active), row, _alpha[place] * _y[place], row, 0);
        }
        _active = _y.Length;
    }

    void Swap(int i, int j)
    {
        (_y[i], _y[j]) = (_y[j], _y[i]);
        (_c[i], _c[j]) = (_c[j], _c[i]);
        (_alpha[i], _alpha[j]) = (_alpha[j], _alpha[i]);
        (_values[i], _values[j]) = (_values[j], _values[i]);
        (_bounded[i], _bounded[j]) = (_bounded[j], _bounded[i]);
        (_up[i], _up[j]) = (_up[j], _up[i]);
        (_down[i], _down[j]) = (_down[j], _down[i]);
        (_places[i], _places[j]) = (_places[j], _places[i]);
    }

    // The mean over free variables, of which each has it; between the bounds of the others where none is free.
    double Threshold()
    {
        var (free, sum) = (0, 0.0);
        for (var place = 0; place < _active; place++)
            if (IsFree(place)) (free, sum) = (free + 1, sum - _values[place]);
        var (up, down) = Ends();
        return free > 0 ? sum / free : -(up + down) / 2;
    }
}
