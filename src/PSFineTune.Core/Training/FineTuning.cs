using PSFineTune.Data;

namespace PSFineTune.Training;

/// <summary>One run of a plan in a workspace, whatever kind of model it is.</summary>
static class FineTuning
{
    /// <param name="plan">What to run.</param>
    /// <param name="data">The plan's data where they are at hand; null to read them from where the plan says.</param>
    /// <param name="workspace">Folder of runs and caches.</param>
    /// <param name="cancel">Stops within one step.</param>
    public static IEnumerable<TrainEvent> Run(TrainingPlan plan, Dataset? data, string workspace, CancellationToken cancel)
    {
        if (plan.Model is not { } model) throw Fault.BadPlanSetting("Model", null, "an architecture, see Get-ModelArchitecture");
        data ??= plan.Dataset?.Open(workspace, cancel) ?? throw Fault.BadPlanSetting("Dataset", null, "a dataset from Import-ImageDataset");
        var folder = RunFolder.Create(workspace, DateTimeOffset.UtcNow);
        try
        {
            foreach (var happened in model.Train(plan, data, folder, cancel)) yield return happened;
        }
        finally
        {
            Close(folder, cancel.IsCancellationRequested ? 130 : 1);
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
