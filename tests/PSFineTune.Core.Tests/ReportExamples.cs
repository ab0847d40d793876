using PSFineTune.Audit;
using PSFineTune.Augment;
using PSFineTune.Data;
using PSFineTune.Imaging;
using PSFineTune.Metrics;
using PSFineTune.Models;
using PSFineTune.Reports;
using PSFineTune.Training;

namespace PSFineTune.Tests;

/// <summary>Invented reports that have every part.</summary>
static class ReportExamples
{
    /// <summary>What a page must show as letters: markup, quotes, ends of scripts, addresses of scripts, controls of direction, half a character.</summary>
    public static readonly string[] Hostile =
    [
        "<img src=x onerror=alert(1)>", "\"><script>alert(2)</script>", "</script><svg/onload=alert(3)>", "' onmouseover='alert(4)", "javascript:alert(5)",
        "a\u202Eb\u2066c", "half \uD83D and \uDE00", "]]>--><!--&lt;&#x3C;", "\u0000\u001B[31m\u0085", "</style></title></textarea><base href=//example.com>",
    ];

    public static IReadOnlyList<string> Plain { get; } = ["dress", "hat", "longsleeve", "outwear", "pants", "shirt", "shoes", "shorts", "skirt", "t-shirt"];

    public static Report Of(IReadOnlyList<string> classes, string free = "as it is", bool isText = false, bool beside = false)
    {
        var run = Run(classes, free, isText, seed: 0);
        return new()
        {
            Title = free == "as it is" ? "Clothing" : free,
            Run = run,
            Other = beside ? Run(classes, free, isText, seed: 3) : null,
            Split = Split.Test,
            DataName = classes[0],
            DataFingerprint = "00ff",
            Counts = [.. classes.Select((name, index) => new ClassCount { Label = name, Train = 40 + index, Validation = 12, Test = 10 })],
            Findings = [.. Enumerable.Range(0, 5).Select(index => new AuditFinding { Rule = index < 4 ? "CopiesAcrossSplits" : free, Severity = index < 4 ? FindingSeverity.Error : FindingSeverity.Information, Path = $"{free}/{index}.jpg", Message = $"Message {free}", Action = $"Action {free}" })],
            Samples = [.. Enumerable.Range(0, 12).Select(index => Sample(classes, index, null, free, isText))],
            Augmented = isText ? [] : [.. Enumerable.Range(0, 2).Select(row => (IReadOnlyList<ShownSample>)[Sample(classes, row, null, free, false), .. Enumerable.Range(0, 4).Select(index => Sample(classes, index, null, free, false) with { Drawn = $"crop 1x1, {free}" })])],
            OnlyRight = (3, 2),
            Disagreements = beside ? [.. Enumerable.Range(0, 5).Select(index => new Disagreement(Sample(classes, index, index < 3 ? index : index + 1, free, isText), classes[(index + 1) % classes.Count], 0.7))] : [],
            Remarks = [$"Remark {free}"],
            Judged = $"PSFineTune, {free}",
        };
    }

    static ReportedRun Run(IReadOnlyList<string> classes, string free, bool isText, int seed)
    {
        var rows = classes.Select((_, row) => (IReadOnlyList<int>)[.. classes.Select((_, column) => row == column ? 7 : (row + column + seed) % 5 == 0 ? 2 : 0)]).ToList();
        var plan = new TrainingPlan
        {
            Model = new ResNet18(), Weights = $"{free}.safetensors", WeightsSha256 = "ab12", Seed = seed, Epochs = 5, Recipe = free,
            Dataset = new ImageDatasetReference { Root = free, GroupPattern = free, Classes = classes, Fingerprint = "00ff" },
            Augment = isText ? new() : new() { Ops = [new RandomHorizontalFlip(), new RandomResizedCrop()] }, Preprocessing = new(),
        };
        return new()
        {
            Record = new()
            {
                Id = $"20260131-021109{seed}", Plan = plan, Classes = classes, Accuracy = 0.8, End = RunEnd.EarlyStop, ExitCode = 0, Threads = 2, Environment = free, WeightsHash = "cd34", Notes = [free], Preparation = [free],
                Started = new(2026, 1, 31, 2, 11, 9, TimeSpan.Zero), Finished = new(2026, 1, 31, 2, 21, 9, TimeSpan.Zero),
                Epochs = [.. Enumerable.Range(1, 4).Select(epoch => new EpochMetric { Epoch = epoch, TrainLoss = 2.0 / epoch, ValidationLoss = 2.1 / epoch, Accuracy = 0.2 * epoch, SamplesPerSecond = 100 + epoch, Seconds = 2, LearningRate = 0.01 / epoch, PeakMemory = (900L + epoch) << 20 })],
            },
            PlanHash = "ef56",
            Layers = [new() { Group = "stem", Name = "a", Parameters = 1000 }, new() { Group = "head", Name = "b", Parameters = 10, Trainable = true, LearningRate = 0.01 }, new() { Group = "head", Name = "c", Parameters = 10, Trainable = true, LearningRate = 0.1 }],
            Evaluation = Judged(classes, rows, free),
            Cells = rows.SelectMany((row, r) => row.Select((count, c) => (r, c, count))).Where(cell => cell.count > 0)
                .ToDictionary(cell => (cell.r, cell.c), cell => (IReadOnlyList<ShownSample>)[.. Enumerable.Range(0, Math.Min(3, cell.count)).Select(_ => Sample(classes, cell.r, cell.c, free, isText))]),
            Worst = [.. Enumerable.Range(0, 6).Select(index => Sample(classes, index, index + 1, free, isText) with { Loss = 9 - index, Heat = isText ? null : s_picture, Words = isText ? Html.Of($"<mark class=\"for\" style=\"--w:100\" title=\"{free}\">{free}</mark> and <mark class=\"against\" style=\"--w:100\">more</mark>") : null })],
        };
    }

    static Evaluation Judged(IReadOnlyList<string> classes, IReadOnlyList<IReadOnlyList<int>> rows, string free) => new()
    {
        Count = rows.Sum(row => row.Sum()), Accuracy = rows.Select((row, index) => row[index]).Sum() / (double)rows.Sum(row => row.Sum()),
        AccuracyInterval = new() { Low = 0.61, High = 0.8 }, MacroF1 = 0.7, MacroF1Interval = new() { Low = 0.6, High = 0.8 }, LogLoss = 0.9, CalibrationError = 0.05, Brier = 0.4, Temperature = 1.3,
        TopK = [new() { K = 1, Accuracy = 0.7 }, new() { K = 5, Accuracy = 0.95 }], Macro = new() { Precision = 0.7, Recall = 0.7, F1 = 0.7 }, Weighted = new() { Precision = 0.71, Recall = 0.71, F1 = 0.71 },
        Calibration = [.. Enumerable.Range(0, 15).Select(bin => new CalibrationBin { Low = bin / 15.0, High = (bin + 1) / 15.0, Count = bin * 3, Confidence = bin == 0 ? double.NaN : (bin + 0.5) / 15, Accuracy = bin == 0 ? double.NaN : (bin + (bin % 2 == 0 ? -0.6 : 1.2)) / 16 })],
        // Support falls as F1 rises, so that a table sorted by either shows it.
        PerClass = [.. classes.Select((name, index) => new ClassMetric { Label = name, Precision = 0.5 + index / 40.0, Recall = 0.6, F1 = 0.4 + index * 7 % 10 / 20.0, Support = 12 - index, AreaUnderRoc = 0.9 })],
        Confusion = new() { Labels = classes, Rows = rows },
        Slices = [new() { Column = free, Value = free, Count = 30, Accuracy = 0.5, AccuracyInterval = new() { Low = 0.4, High = 0.6 } }, new() { Column = free, Value = "other", Count = 40, Accuracy = 0.9 }],
    };

    static ShownSample Sample(IReadOnlyList<string> classes, int label, int? predicted, string free, bool isText)
    {
        var shown = new ShownSample { Name = $"{free}/{label}.jpg", Label = classes[label % classes.Count], Predicted = predicted is { } said ? classes[said % classes.Count] : null, Confidence = predicted is null ? double.NaN : 0.83 };
        return isText ? shown with { Text = $"{free} and a text of some length, so that lines break where they should, number {label}" } : shown with { Picture = s_picture, Size = (96, 128) };
    }

    static readonly byte[] s_picture = Drawn();

    static byte[] Drawn()
    {
        using var picture = new Picture(96, 128);
        for (var y = 0; y < 128; y++) for (var x = 0; x < 96; x++) picture.Row(y).Slice(3 * x, 3).Fill((byte)(x + y));
        return ImageWriter.Encode(picture, ImageFormat.Jpeg, 75);
    }
}
