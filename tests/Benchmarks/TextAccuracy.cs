using System.Diagnostics;
using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Packaging;
using PSFineTune.Tests;
using PSFineTune.Training;

namespace PSFineTune.Benchmarks;

/// <summary>What networks of texts reach on the published divisions of TREC (question kinds) and SST-2 (praise and blame), and in what time.</summary>
static class TextAccuracy
{
    /// <param name="folder">Of TREC.train.all, TREC.test.all and stsa.binary.{train,dev,test}.</param>
    /// <param name="vectors">A file of word vectors.</param>
    /// <param name="threads">Of the tensor library.</param>
    public static IEnumerable<object> Measure(string folder, string vectors, int threads)
    {
        foreach (var (name, data) in new[] { ("TREC", Trec(folder)), ("SST-2", Sst(folder)) })
            foreach (var model in new ModelSpec[] { new TextCnn(), new BiLstm() })
                yield return Reached(name, data, PlanStart.For(model, data, vectors, null) with { Threads = threads });
    }

    /// <summary>Pretrained and random weights of one network on TREC, by the recipe's rate and by one for small networks.</summary>
    public static IEnumerable<object> Tune(string folder, string weights, int epochs, int threads)
    {
        var data = Trec(folder);
        var plan = PlanStart.For(new Bert(), data, weights, null) with { Threads = threads, Epochs = epochs };
        foreach (var rate in new[] { 5e-5, 2e-4, 1e-3 })
            foreach (var from in new[] { plan.Weights, null })
                yield return Reached("TREC", data, plan with { Weights = from, WeightsSha256 = from is null ? null : plan.WeightsSha256, Optimizer = plan.Optimizer with { LearningRate = rate } });
    }

    static object Reached(string name, HeldTexts data, TrainingPlan plan)
    {
        var workspace = Directory.CreateTempSubdirectory("psfinetune-texts-").FullName;
        try
        {
            var watch = Stopwatch.StartNew();
            var run = FineTuning.Run(plan, data, workspace, null, CancellationToken.None).OfType<RunDone>().Single().Record;
            var seconds = watch.Elapsed.TotalSeconds;
            using var predictor = TrainedModel.From(run, workspace).NewPredictor();
            var rows = data.RowsOf(Split.Test);
            var hits = rows.Chunk(predictor.BatchSize).SelectMany(part => predictor.Score([.. part.Select(row => data.SampleAt(row).Item)], default).Zip(part))
                .Count(pair => Array.IndexOf(pair.First.Scores!, pair.First.Scores!.Max()) == data.LabelAt(pair.Second));
            return new
            {
                data = name, model = plan.Model!.Name, weights = Path.GetFileName(plan.Weights) ?? "random", rate = plan.Optimizer.LearningRate,
                epochs = run.Epochs.Count, best = run.BestEpoch!.Epoch, validation = Math.Round(run.Accuracy, 4), test = Math.Round((double)hits / rows.Length, 4), seconds = Math.Round(seconds, 1), threads = run.Threads,
            };
        }
        finally
        {
            Directory.Delete(workspace, recursive: true);
        }
    }

    // Every tenth question is kept to choose the epoch by.
    static HeldTexts Trec(string folder)
    {
        var data = HeldTexts.Read((Path.Combine(folder, "TREC.train.all"), Split.Train), (Path.Combine(folder, "TREC.test.all"), Split.Test));
        return new(data.Classes, Enumerable.Range(0, data.Count).Select(row => (data.SampleAt(row).Item, data.LabelAt(row), data.SplitAt(row) == Split.Train && row % 10 == 9 ? Split.Validation : data.SplitAt(row))));
    }

    static HeldTexts Sst(string folder) => HeldTexts.Read(
        (Path.Combine(folder, "stsa.binary.train"), Split.Train), (Path.Combine(folder, "stsa.binary.dev"), Split.Validation), (Path.Combine(folder, "stsa.binary.test"), Split.Test));
}
