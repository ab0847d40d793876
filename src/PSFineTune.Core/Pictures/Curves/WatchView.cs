using System.Globalization;
using System.Text;
using PSFineTune.Training;

namespace PSFineTune.Pictures;

/// <summary>A run at one moment as the text of a terminal: where it is, its last epochs, a small curve.</summary>
/// <param name="columns">Characters a line has.</param>
/// <param name="colors">Whether lines are coloured.</param>
sealed class WatchView(int columns, bool colors)
{
    const int EpochsShown = 8, CurveRows = 6;

    public string Of(RunState state)
    {
        var text = new StringBuilder();
        text.Append(Cut($"{state.Record.Plan.Model?.Name} {state.Record.Id}: {state.End ?? "running"}")).Append('\n');
        if (state.End is null) text.Append(Cut(state.Progress is { } progress ? Now(progress) : "no step yet")).Append('\n');
        text.Append('\n').Append(Cut("Epoch  TrainLoss  ValidationLoss  Accuracy  Samples/s  Seconds  LearningRate")).Append('\n');
        foreach (var metric in state.Record.Epochs.TakeLast(EpochsShown)) text.Append(Cut(Row(metric))).Append('\n');
        if (state.Record.Epochs.Count > 1 && new TrainingCurves([state.Record]).Panels is [var loss, ..])
            text.Append('\n').Append(new CurveText([loss], [], columns, colors, CurveRows));
        return text.ToString();
    }

    /// <summary>An epoch in one line, for logs.</summary>
    public static string Line(EpochMetric metric, RunProgress? progress) => string.Create(CultureInfo.InvariantCulture,
        $"epoch {metric.Epoch}{(progress is null ? "" : $" of {progress.Epochs}")}: loss {metric.TrainLoss:0.0000}, validation loss {metric.ValidationLoss:0.0000}, accuracy {metric.Accuracy:0.0000}, {metric.SamplesPerSecond:0.0} samples/s{(progress is null ? "" : $", {Time(progress.Left)} left")}");

    static string Now(RunProgress progress)
    {
        var (done, width) = (progress.Steps > 0 ? (double)progress.Step / progress.Steps : 0, 20);
        var filled = (int)Math.Clamp(done * width, 0, width);
        return string.Create(CultureInfo.InvariantCulture,
            $"[{new string('#', filled)}{new string('-', width - filled)}] epoch {progress.Epoch}/{progress.Epochs}, loss {progress.Loss:0.000}, accuracy {progress.Accuracy:0.000}, {progress.SamplesPerSecond:0.0}/s, {Time(progress.Left)} left");
    }

    static string Row(EpochMetric metric) => string.Create(CultureInfo.InvariantCulture,
        $"{metric.Epoch,5}  {Number(metric.TrainLoss, "0.0000"),9}  {Number(metric.ValidationLoss, "0.0000"),14}  {Number(metric.Accuracy * 100, "0.0"),6} %  {Number(metric.SamplesPerSecond, "0.0"),9}  {Number(metric.Seconds, "0.0"),7}  {Number(metric.LearningRate, "0.######"),12}");

    static string Number(double value, string format) => double.IsNaN(value) ? "-" : value.ToString(format, CultureInfo.InvariantCulture);

    static string Time(TimeSpan left) => left.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalHours} h {left.Minutes} min") : left.TotalMinutes >= 1 ? $"{left.Minutes} min {left.Seconds} s" : $"{left.Seconds} s";

    string Cut(string line) => line.Length < columns ? line : line[..Math.Max(1, columns - 1)];
}
