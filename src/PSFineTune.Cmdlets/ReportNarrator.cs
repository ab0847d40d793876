using PSFineTune.Reports;

namespace PSFineTune.Cmdlets;

/// <summary>Pulls a report and shows how far it is.</summary>
sealed class ReportNarrator(ISpeaker speaker)
{
    public Report Follow(ReportRequest request, CancellationToken cancel)
    {
        var shown = new ShownProgress(speaker);
        Report? report = null;
        foreach (var (step, result) in new ReportGathering(request, shown, cancel).Run())
            if (step is not null) shown.Report(step);
            else report = result;
        return report!;
    }
}
