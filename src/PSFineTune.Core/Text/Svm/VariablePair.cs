namespace PSFineTune.Text.Svm;

/// <summary>Two variables of the dual that move together, between 0 and their upper bounds.</summary>
/// <param name="I">The one.</param>
/// <param name="J">The other.</param>
/// <param name="BoundI">Its upper bound.</param>
/// <param name="BoundJ">The other's.</param>
readonly record struct VariablePair(double I, double J, double BoundI, double BoundJ)
{
    /// <summary>Stands for a curvature that is none, as LIBSVM's TAU.</summary>
    public const double Flat = 1e-12;

    /// <summary>A curvature that can be divided by.</summary>
    public static double Curvature(double curvature) => curvature > 0 ? curvature : Flat;

    /// <summary>Their best values where the classes are the same: one takes what the other gives.</summary>
    /// <param name="slope">Difference of their gradients.</param>
    /// <param name="curvature">Along the line.</param>
    public (double I, double J) KeepingSum(double slope, double curvature)
    {
        var (step, sum) = (slope / Curvature(curvature), I + J);
        var (a, b) = (I - step, J + step);
        if (sum > BoundI && a > BoundI) (a, b) = (BoundI, sum - BoundI);
        else if (sum <= BoundI && b < 0) (a, b) = (sum, 0);
        if (sum > BoundJ && b > BoundJ) (a, b) = (sum - BoundJ, BoundJ);
        else if (sum <= BoundJ && a < 0) (a, b) = (0, sum);
        return (a, b);
    }

    /// <summary>Their best values where the classes differ: both rise, or both fall.</summary>
    /// <param name="slope">Sum of their gradients.</param>
    /// <param name="curvature">Along the line.</param>
    public (double I, double J) KeepingDifference(double slope, double curvature)
    {
        var (step, difference) = (-slope / Curvature(curvature), I - J);
        var (a, b) = (I + step, J + step);
        if (difference > 0 && b < 0) (a, b) = (difference, 0);
        else if (difference <= 0 && a < 0) (a, b) = (0, -difference);
        if (difference > BoundI - BoundJ && a > BoundI) (a, b) = (BoundI, BoundI - difference);
        else if (difference <= BoundI - BoundJ && b > BoundJ) (a, b) = (BoundJ + difference, BoundJ);
        return (a, b);
    }
}
