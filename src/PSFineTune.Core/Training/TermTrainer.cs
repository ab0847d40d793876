using System.Diagnostics;
using System.Runtime.InteropServices;
using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Packaging;
using PSFineTune.Text;
using PSFineTune.Text.Terms;

namespace PSFineTune.Training;

/// <summary>The fitting of a model of terms, top to bottom: learn the terms, fit, judge, store. It advances only as its events are pulled.</summary>
static class TermTrainer
{
    // As bytes they must fit in an array.
    const long MostWeights = int.MaxValue / sizeof(float) - 1024;

    public static IEnumerable<TrainEvent> Run(TermModelSpec spec, TrainingPlan plan, Dataset data, RunFolder folder, CancellationToken cancel)
    {
        PlanCheck.Refuse(plan, data, spec.Tensors(data.Classes.Count));
        var pipeline = plan.TextPipeline ?? throw Fault.NoTextPipeline(spec.Name);
        var record = new RunRecord
        {
            Id = folder.Id, Path = folder.Path, Plan = plan, Classes = data.Classes, Started = DateTimeOffset.UtcNow,
            Threads = plan.Threads > 0 ? plan.Threads : Environment.ProcessorCount, Environment = RuntimeInformation.FrameworkDescription,
        };
        List<Noted> notes = [];
        if (ClassCounts.Warning(data, plan) is { } uneven) Note(uneven, isWarning: true);
        folder.Record = record;

        var watch = Stopwatch.StartNew();
        var train = data.RowsOf(Split.Train);
        var (vectorizer, rows) = TextVectorizer.Fit(pipeline, data, train, cancel);
        Note($"{train.Length} texts have {vectorizer.Index.Width} {(pipeline.HashBits > 0 ? "hashed columns" : "terms")}{(pipeline.Selector is { } scorer ? $", chosen by {scorer.GetType().Name}" : "")}.");
        if ((long)vectorizer.Index.Width * data.Classes.Count > MostWeights) throw Fault.TooManyWeights(vectorizer.Index.Width, data.Classes.Count, MostWeights);
        var labels = Array.ConvertAll(train, data.LabelAt);
        var weights = plan.ClassWeight?.Of(data.Classes, ClassCounts.Of(data)).ToArray() ?? [.. data.Classes.Select(_ => 1.0)];
        var model = spec.Fit(rows, labels, weights, plan, message => Note(message, isWarning: true), cancel);
        var trained = watch.Elapsed;
        var validation = data.RowsOf(Split.Validation);
        var (held, heldLabels) = (vectorizer.Rows(data, validation, cancel), Array.ConvertAll(validation, data.LabelAt));
        model.Calibrate(held, heldLabels);
        foreach (var note in notes) yield return note;

        var (loss, hits) = Judge(model, rows, labels, cancel);
        var (validationLoss, accuracy) = Judge(model, held, heldLabels, cancel);
        var metric = new EpochMetric
        {
            Epoch = 1, TrainLoss = loss, ValidationLoss = validationLoss, Accuracy = accuracy,
            SamplesPerSecond = train.Length / trained.TotalSeconds, Seconds = watch.Elapsed.TotalSeconds, PeakMemory = MemoryPeak.Highest(),
        };
        vectorizer.Store().Write(folder.PartsPath);
        List<StoredTensor> stored = [.. model.Store().OrderBy(tensor => tensor.Name, StringComparer.Ordinal)];
        record = record with { Epochs = [metric], Accuracy = accuracy, End = RunEnd.AllEpochs, WeightsHash = Classifier.HashOf(stored) };
        Checkpoint.Write(folder, new(record, new() { Step = 1 }, [(float)loss]), stored, [], stored.Sum(tensor => (long)tensor.Bytes.Length));
        yield return new StepDone(1, 1, 1, 1, loss, hits, train.Length / trained.TotalSeconds, TimeSpan.Zero) { BatchLoss = (float)loss };
        folder.Log(metric);
        folder.Record = record = record with { Finished = DateTimeOffset.UtcNow, ExitCode = 0 };
        yield return new EpochDone(metric);
        yield return new RunDone(record);

        void Note(string message, bool isWarning = false)
        {
            notes.Add(new(message, isWarning));
            record = isWarning ? record with { Notes = [.. record.Notes, message] } : record with { Preparation = [.. record.Preparation, message] };
        }
    }

    /// <summary>Mean log loss and accuracy; NaN where there are no samples.</summary>
    static (double Loss, double Accuracy) Judge(TermClassifier model, SparseRows rows, int[] labels, CancellationToken cancel)
    {
        if (labels.Length == 0) return (double.NaN, double.NaN);
        var each = new (double Loss, bool Hit)[labels.Length];
        Parallel.For(0, labels.Length, new() { CancellationToken = cancel }, row =>
        {
            var scores = model.Score(rows.Columns(row), rows.Values(row));
            each[row] = (-Math.Log(Math.Max(scores[labels[row]], 1e-30f)), Array.IndexOf(scores, scores.Max()) == labels[row]);
        });
        return (each.Average(one => one.Loss), each.Average(one => one.Hit ? 1.0 : 0));
    }
}
