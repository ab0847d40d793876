using System.Diagnostics;

namespace PSFineTune.Benchmarks;

/// <summary>
/// Images per second, as the peer takes them: the best of three passes. Before them comes a second that does not count, or
/// the runtime's compiler would be measured, which is done after the first few hundred images of a training.
/// </summary>
static class Rate
{
    const int Passes = 3;
    const double WarmUp = 1;

    /// <param name="images">In a round.</param>
    /// <param name="round">Does all of them; given the number of the round, from 1.</param>
    /// <param name="seconds">For which a pass repeats its round, where that is over in microseconds; else it does one.</param>
    public static double Of(int images, Action<int> round, double seconds = 0)
    {
        var number = 0;
        double Pass(double seconds)
        {
            var (began, before) = (Stopwatch.GetTimestamp(), number);
            do round(++number);
            while (Stopwatch.GetElapsedTime(began).TotalSeconds < seconds);
            return (number - before) * images / Stopwatch.GetElapsedTime(began).TotalSeconds;
        }

        Pass(WarmUp);
        return Enumerable.Range(0, Passes).Max(_ => Pass(seconds));
    }
}
