using System.Globalization;

namespace PSFineTune.Reports;

/// <summary>Numbers as a reader of a report wants them; a dash where there is none.</summary>
static class Figures
{
    const string None = "–";

    public static string Share(double value, int digits = 1) => double.IsFinite(value) ? (value * 100).ToString($"F{digits}", CultureInfo.InvariantCulture) + " %" : None;

    public static string Number(double value, string format = "0.000") => double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : None;

    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>With its sign; of shares in points of a hundred.</summary>
    public static string Difference(double value, string format) =>
        !double.IsFinite(value) ? None : value.ToString($"+{format};-{format};{format}", CultureInfo.InvariantCulture).Replace('-', '\u2212');

    /// <summary>Three digits that count, as of a learning rate.</summary>
    public static string Small(double value) => !double.IsFinite(value) ? None : value == 0 || Math.Abs(value) is >= 0.001 and < 1000 ? value.ToString("0.####", CultureInfo.InvariantCulture) : value.ToString("0.##e0", CultureInfo.InvariantCulture);

    /// <summary>Of a number of things, each a word or two.</summary>
    public static string Of(long count, string one, string? many = null) => $"{Count(count)} {(count == 1 ? one : many ?? one + "s")}";

    public static string Bytes(double bytes) => bytes switch
    {
        >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1L << 30):0.0} GiB"),
        >= 1L << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1L << 20):0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1L << 10):0} KiB"),
    };

    public static string Time(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => "under 1 s",
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min"),
    };
}
