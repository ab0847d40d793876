using System.Globalization;

namespace PSFineTune.Pictures;

/// <summary>What the axis below a curve measures, and how its numbers are written.</summary>
abstract class CurveAxis
{
    /// <summary>Epochs, from 1.</summary>
    public static CurveAxis Epochs { get; } = new EpochAxis();

    /// <summary>Learning rates by their decimal logarithm.</summary>
    public static CurveAxis Rates { get; } = new RateAxis();

    /// <summary>Any numbers.</summary>
    public static CurveAxis Of(string name) => new PlainAxis(name);

    /// <summary>Numbers above 0 by their decimal logarithm.</summary>
    public static CurveAxis Logarithms(string name) => new LogarithmicAxis(name);

    public abstract string Name { get; }

    /// <summary>Whether parts of one mean nothing.</summary>
    protected virtual bool Whole => true;

    /// <param name="place">On the axis.</param>
    public abstract string Text(double place);

    /// <summary>Places of the axis that have a number.</summary>
    /// <param name="range">Of the axis.</param>
    /// <param name="most">Numbers at most, 2 or more.</param>
    public IReadOnlyList<double> Ticks((double Low, double High) range, int most) => AxisTicks.Of(range, most, Whole);

    sealed class EpochAxis : CurveAxis
    {
        public override string Name => "epoch";

        public override string Text(double place) => place.ToString("0", CultureInfo.InvariantCulture);
    }

    sealed class RateAxis : CurveAxis
    {
        public override string Name => "rate";

        public override string Text(double place) => Math.Pow(10, place).ToString("0.##e0", CultureInfo.InvariantCulture);
    }

    sealed class PlainAxis(string name) : CurveAxis
    {
        public override string Name => name;

        protected override bool Whole => false;

        public override string Text(double place) => place.ToString("0.####", CultureInfo.InvariantCulture);
    }

    sealed class LogarithmicAxis(string name) : CurveAxis
    {
        public override string Name => name;

        public override string Text(double place) => Math.Pow(10, place).ToString("0.####", CultureInfo.InvariantCulture);
    }
}
