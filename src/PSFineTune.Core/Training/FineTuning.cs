using PSFineTune.Data;

namespace PSFineTune.Training;

/// <summary>One run of a plan in a workspace, whatever kind of model it is.</summary>
static class FineTuning
{
    const int Failed = 1, Stopped = 130;

    /// <param name="plan">What to run.</param>
    /// <param name="data">The plan's data where they are at hand; null to read them from where the plan says.</param>
    /// <param name="workspace">Folder of runs and caches.</param>
    /// <param name="progress">Of reading the data; called on the calling thread.</param>
    /// <param name="cancel">Stops within one step.</param>
    /// <param name="tensorBoard">Whether the run leaves event files for TensorBoard in its folder.</param>
    public static IEnumerable<TrainEvent> Run(TrainingPlan plan, Dataset? data, string workspace, IProgress<ImportProgress>? progress, CancellationToken cancel, bool tensorBoard = false)
    {
        if (plan.Model is not { } model) throw Fault.BadPlanSetting("Model", null, "an architecture, see Get-ModelArchitecture");
        data ??= plan.Dataset?.Open(workspace, progress, cancel) ?? throw Fault.BadPlanSetting("Dataset", null, "a dataset from Import-ImageDataset");
        var folder = RunFolder.Create(workspace, DateTimeOffset.UtcNow);
        var trace = new RunTrace(folder, tensorBoard);
        // Whoever pulls may stop pulling, for Ctrl+C or for reasons of its own: only what training itself throws is a failure.
        var exitCode = Stopped;
        try
        {
            using var events = model.Train(plan, data, folder, cancel).GetEnumerator();
            while (Next(events)) yield return events.Current;
        }
        finally
        {
            Close(folder, exitCode);
        }

        bool Next(IEnumerator<TrainEvent> events)
        {
            try
            {
                if (!events.MoveNext()) return false;
                trace.See(events.Current);
                return true;
            }
            catch (Exception wrong) when (wrong is not OperationCanceledException)
            {
                exitCode = Failed;
                throw;
            }
        }
    }

    // A run that ended early says so in its record; where even that cannot be written, the fault that ended it is what counts.
    static void Close(RunFolder folder, int exitCode)
    {
        try
        {
            if (!folder.HasRecord) Directory.Delete(folder.Path);
            else if (folder.Record is { Finished: null } record) folder.Record = record with { Finished = DateTimeOffset.UtcNow, ExitCode = exitCode };
        }
        catch (Exception wrong) when (wrong is FineTuneException or IOException or UnauthorizedAccessException)
        {
        }
    }
}
