namespace PSFineTune.Text.Svm;

/// <summary>The probability of the first of two classes from a decision value f: 1 / (1 + exp(A f + B)).</summary>
/// <param name="A">Below 0 where a higher value means the first class.</param>
/// <param name="B">0 where a value of 0 means neither.</param>
readonly record struct Sigmoid(double A, double B)
{
    /// <summary>0 to 1.</summary>
    public double Of(double decision)
    {
        var x = A * decision + B;
        return x >= 0 ? Math.Exp(-x) / (1 + Math.Exp(-x)) : 1 / (1 + Math.Exp(x));
    }

    /// <summary>
    /// The sigmoid of greatest likelihood, by Newton's method with backtracking (Lin, Lin and Weng 2007, A note on Platt's
    /// probabilistic outputs for support vector machines), the targets softened as Platt's (1999).
    /// </summary>
    /// <param name="decisions">Of samples that the machine did not learn from.</param>
    /// <param name="signs">Their classes: 1 or -1.</param>
    public static Sigmoid Fit(ReadOnlySpan<double> decisions, ReadOnlySpan<sbyte> signs)
    {
        var positive = signs.Count((sbyte)1);
        var negative = signs.Length - positive;
        var (high, low) = ((positive + 1.0) / (positive + 2), 1 / (negative + 2.0));
        var now = new Sigmoid(0, Math.Log((negative + 1.0) / (positive + 1)));
        var loss = now.Loss(decisions, signs, high, low);
        for (var round = 0; round < 100; round++)
        {
            // A ridge keeps the Hessian regular.
            var (aa, ab, bb, a, b) = (1e-12, 0.0, 1e-12, 0.0, 0.0);
            for (var i = 0; i < decisions.Length; i++)
            {
                var (f, p) = (decisions[i], now.Of(decisions[i]));
                var (slope, error) = (p * (1 - p), (signs[i] > 0 ? high : low) - p);
                (aa, ab, bb, a, b) = (aa + f * f * slope, ab + f * slope, bb + slope, a + f * error, b + error);
            }
            if (Math.Abs(a) < 1e-5 && Math.Abs(b) < 1e-5) break;
            var determinant = aa * bb - ab * ab;
            var (stepA, stepB) = (-(bb * a - ab * b) / determinant, -(aa * b - ab * a) / determinant);
            var decrease = a * stepA + b * stepB;
            var (step, found) = (1.0, false);
            for (; step >= 1e-10 && !found; step /= 2)
            {
                var next = new Sigmoid(now.A + step * stepA, now.B + step * stepB);
                var nextLoss = next.Loss(decisions, signs, high, low);
                if (found = nextLoss < loss + 1e-4 * step * decrease) (now, loss) = (next, nextLoss);
            }
            if (!found) break;
        }
        return now;
    }

    // Negative logarithm of the likelihood, in the form that cannot overflow.
    double Loss(ReadOnlySpan<double> decisions, ReadOnlySpan<sbyte> signs, double high, double low)
    {
        var sum = 0.0;
        for (var i = 0; i < decisions.Length; i++)
        {
            var (x, target) = (A * decisions[i] + B, signs[i] > 0 ? high : low);
            sum += x >= 0 ? target * x + Math.Log(1 + Math.Exp(-x)) : (target - 1) * x + Math.Log(1 + Math.Exp(x));
        }
        return sum;
    }
}
