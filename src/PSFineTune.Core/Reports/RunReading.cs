using PSFineTune.Data;
using PSFineTune.Packaging;

namespace PSFineTune.Reports;

/// <summary>One run of a report, judged, with the samples that are worth looking at. It advances only as its progress is pulled.</summary>
/// <param name="source">The run.</param>
/// <param name="veil">For messages.</param>
sealed class RunReading(ReportSource source, PathVeil veil)
{
    const int Worst = 12;

    /// <summary>What is known so far.</summary>
    public ReportedRun Run { get; private set; } = new()
    {
        Record = source.Record with
        {
            Path = "", Plan = source.Record.Plan.WithoutFolders(),
            Notes = [.. source.Record.Notes.Select(veil.Of)], Preparation = [.. source.Record.Preparation.Select(veil.Of)],
        },
        IsPackage = source.IsPackage,
        PlanHash = source.IsPackage ? "" : Training.PlanHash.Of(source.Record.Plan),
        Layers = source.Layers(),
        NotJudged = source.Flaw is { } flaw ? veil.Of(flaw.Message) : null,
    };

    /// <summary>Of every judged sample, in the order of rows; empty where the run could not be judged.</summary>
    public IReadOnlyList<Verdict> Verdicts { get; private set; } = [];

    /// <param name="data">The samples.</param>
    /// <param name="split">Which of them.</param>
    /// <param name="must">Whether a sample or class that the model cannot take is a fault, or only a remark.</param>
    /// <param name="cancel">Checked for every batch.</param>
    public IEnumerable<ImportProgress> Judge(Dataset data, Split split, bool must, CancellationToken cancel)
    {
        if (source.Model is null) yield break;
        List<Verdict> verdicts = [];
        using var steps = Judgement.Of(source.Model, new(data, split), new() { Top = Worst, Examples = 0 }, cancel).GetEnumerator();
        while (Advance(steps, must))
        {
            Run = Run with { Evaluation = steps.Current.Result };
            verdicts.AddRange(steps.Current.Verdicts);
            yield return new() { Activity = "Judging", Unit = "samples", Done = steps.Current.Done, Total = steps.Current.Count };
        }
        if (Run.Evaluation is not null) Verdicts = verdicts;
    }

    /// <summary>Samples of the cells of the confusion matrix and the worst mistakes.</summary>
    /// <param name="cards">Of the same data.</param>
    /// <param name="most">Samples of cells.</param>
    /// <param name="cancel">Checked for every sample.</param>
    public IEnumerable<ImportProgress> Show(SampleCards cards, int most, CancellationToken cancel)
    {
        if (Run.Evaluation is not { } evaluation || source.Model is null) yield break;
        var chosen = CellExamples.Of(Verdicts, most);
        var (cells, done) = (new Dictionary<(int, int), IReadOnlyList<ShownSample>>(), 0);
        foreach (var (cell, verdicts) in chosen)
        {
            cancel.ThrowIfCancellationRequested();
            cells[cell] = [.. verdicts.Select(verdict => cards.Of(verdict, source.Record.Classes))];
            yield return new() { Activity = "Showing samples", Unit = "cells", Done = ++done, Total = chosen.Count };
        }
        using var explanation = new Explanation(source.Model);
        List<ShownSample> worst = [];
        foreach (var loss in evaluation.TopLoss)
        {
            cancel.ThrowIfCancellationRequested();
            worst.Add(explanation.Of(cards.Of(loss), loss, cards, cancel));
            yield return new() { Activity = "Explaining mistakes", Unit = "samples", Done = worst.Count, Total = evaluation.TopLoss.Count };
        }
        Run = Run with { Cells = cells, Worst = worst };
    }

    bool Advance(IEnumerator<JudgementStep> steps, bool must)
    {
        try
        {
            return steps.MoveNext();
        }
        catch (FineTuneException flaw) when (!must)
        {
            Run = Run with { Evaluation = null, NotJudged = veil.Of(flaw.Message) };
            return false;
        }
    }
}
