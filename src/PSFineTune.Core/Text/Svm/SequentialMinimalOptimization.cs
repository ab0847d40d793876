namespace PSFineTune.Text.Svm;

/// <summary>
/// The dual of a two-class C-SVC, two variables at a time: working sets by second order information (Fan, Chen and Lin 2005,
/// Working set selection using second order information for training SVM), shrinking, and a gradient that is put together
/// again where shrunk samples return; as LIBSVM does it, so that both end with the same support vectors.
/// </summary>
sealed class SequentialMinimalOptimization
{
    readonly KernelRows _q;
    readonly sbyte[] _y;
    readonly double[] _c;
    readonly double[] _alpha, _gradient, _bounded;
    readonly int[] _places;
    readonly double _tolerance;

    int _active;
    bool _unshrunk;

    /// <param name="q">Of the samples.</param>
    /// <param name="signs">1 or -1, by sample.</param>
    /// <param name="costs">Upper bound of a sample's variable.</param>
    /// <param name="tolerance">Largest violation of the conditions of optimality at which it ends.</param>
    public SequentialMinimalOptimization(KernelRows q, sbyte[] signs, double[] costs, double tolerance)
    {
        (_q, _y, _c, _tolerance, _active) = (q, [.. signs], [.. costs], tolerance, signs.Length);
        (_alpha, _bounded) = (new double[_active], new double[_active]);
        (_gradient, _places) = ([.. Enumerable.Repeat(-1.0, _active)], [.. Enumerable.Range(0, _active)]);
    }

    /// <summary>Variables by sample, and the threshold: a new sample's value is the sum of y alpha K minus it.</summary>
    public (double[] Alpha, double Threshold) Solve(CancellationToken cancel)
    {
        var until = Math.Min(_y.Length, 1000) + 1;
        for (long step = 0; step < Math.Max(10_000_000L, 100L * _y.Length); step++)
        {
            cancel.ThrowIfCancellationRequested();
            if (--until == 0)
            {
                until = Math.Min(_y.Length, 1000);
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

    // The variable that violates most, and the one with which the objective falls most; -1 where all conditions hold.
    (int I, int J) Select()
    {
        var (most, i) = (double.NegativeInfinity, -1);
        for (var place = 0; place < _active; place++)
        {
            if (_y[place] > 0 ? AtUpper(place) : AtLower(place)) continue;
            if (-_y[place] * _gradient[place] >= most) (most, i) = (-_y[place] * _gradient[place], place);
        }
        if (i < 0) return (-1, -1);
        var row = _q.Row(i, _active);
        var (other, best, j) = (double.NegativeInfinity, double.PositiveInfinity, -1);
        for (var place = 0; place < _active; place++)
        {
            if (_y[place] > 0 ? AtLower(place) : AtUpper(place)) continue;
            var signed = _y[place] * _gradient[place];
            other = Math.Max(other, signed);
            var difference = most + signed;
            if (difference <= 0) continue;
            var curvature = _q.Diagonal[i] + _q.Diagonal[place] - 2.0 * _y[i] * _y[place] * row[place];
            var gain = -(difference * difference) / VariablePair.Curvature(curvature);
            if (gain <= best) (best, j) = (gain, place);
        }
        return most + other < _tolerance || j < 0 ? (-1, -1) : (i, j);
    }

    // The best values of two variables on the line that keeps the sum of y alpha, within their bounds.
    void Improve(int i, int j)
    {
        // Two rows are always kept.
        var rowI = _q.Row(i, _active);
        var rowJ = _q.Row(j, _active);
        var (oldI, oldJ, upperI, upperJ) = (_alpha[i], _alpha[j], AtUpper(i), AtUpper(j));
        var pair = new VariablePair(oldI, oldJ, _c[i], _c[j]);
        (_alpha[i], _alpha[j]) = _y[i] == _y[j]
            ? pair.KeepingSum(_gradient[i] - _gradient[j], _q.Diagonal[i] + _q.Diagonal[j] - 2 * (double)rowI[j])
            : pair.KeepingDifference(_gradient[i] + _gradient[j], _q.Diagonal[i] + _q.Diagonal[j] + 2 * (double)rowI[j]);
        var (stepI, stepJ) = (_alpha[i] - oldI, _alpha[j] - oldJ);
        for (var place = 0; place < _active; place++) _gradient[place] += rowI[place] * stepI + rowJ[place] * stepJ;
        Bound(i, upperI);
        Bound(j, upperJ);
    }

    // What variables at their upper bound give to the gradients of all samples, shrunk ones too.
    void Bound(int place, bool before)
    {
        if (before == AtUpper(place)) return;
        var row = _q.Row(place, _y.Length);
        var cost = before ? -_c[place] : _c[place];
        for (var other = 0; other < row.Length; other++) _bounded[other] += cost * row[other];
    }

    void Shrink()
    {
        var (up, low) = (double.NegativeInfinity, double.NegativeInfinity);
        for (var place = 0; place < _active; place++)
        {
            var signed = _y[place] * _gradient[place];
            if (!(_y[place] > 0 ? AtUpper(place) : AtLower(place))) up = Math.Max(up, -signed);
            if (!(_y[place] > 0 ? AtLower(place) : AtUpper(place))) low = Math.Max(low, signed);
        }
        if (!_unshrunk && up + low <= 10 * _tolerance)
        {
            _unshrunk = true;
            Unshrink();
        }
        for (var place = 0; place < _active; place++)
        {
            if (!IsStuck(place)) continue;
            for (_active--; _active > place; _active--)
                if (!IsStuck(_active))
                {
                    Swap(place, _active);
                    break;
                }
        }

        // At its bound, and by its gradient to stay there.
        bool IsStuck(int place)
        {
            var signed = _y[place] * _gradient[place];
            return AtUpper(place) ? (_y[place] > 0 ? -signed > up : signed > low)
                : AtLower(place) && (_y[place] > 0 ? signed > low : -signed > up);
        }
    }

    void Unshrink()
    {
        if (_active == _y.Length) return;
        for (var place = _active; place < _y.Length; place++) _gradient[place] = _bounded[place] - 1;
        for (var place = 0; place < _active; place++)
        {
            if (!IsFree(place)) continue;
            var row = _q.Row(place, _y.Length);
            for (var other = _active; other < row.Length; other++) _gradient[other] += _alpha[place] * row[other];
        }
        _active = _y.Length;
    }

    void Swap(int i, int j)
    {
        _q.Swap(i, j);
        (_y[i], _y[j]) = (_y[j], _y[i]);
        (_c[i], _c[j]) = (_c[j], _c[i]);
        (_alpha[i], _alpha[j]) = (_alpha[j], _alpha[i]);
        (_gradient[i], _gradient[j]) = (_gradient[j], _gradient[i]);
        (_bounded[i], _bounded[j]) = (_bounded[j], _bounded[i]);
        (_places[i], _places[j]) = (_places[j], _places[i]);
    }

    // The mean over free variables, of which each has it; between the bounds of the others where none is free.
    double Threshold()
    {
        var (free, sum, upper, lower) = (0, 0.0, double.PositiveInfinity, double.NegativeInfinity);
        for (var place = 0; place < _active; place++)
        {
            var signed = _y[place] * _gradient[place];
            if (IsFree(place)) (free, sum) = (free + 1, sum + signed);
            else if (AtUpper(place) == _y[place] < 0) upper = Math.Min(upper, signed);
            else lower = Math.Max(lower, signed);
        }
        return free > 0 ? sum / free : (upper + lower) / 2;
    }
}
