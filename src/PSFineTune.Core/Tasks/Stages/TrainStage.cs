using System.Globalization;
using PSFineTune.Packaging;
using PSFineTune.Packaging.Probes;
using PSFineTune.Packaging.Signing;
using PSFineTune.Training;

namespace PSFineTune.Tasks.Stages;

/// <summary>Trains, or goes on with what was stopped, and packs the new model.</summary>
sealed class TrainStage : TaskStage
{
    // Without training the newest finished run is judged.
    public override bool IsSkipped(FineTuneTask task) => false;

    public override string Explain(FineTuneTask task) => task.Train.Skip ? "Takes the newest finished run of the plan."
        : $"Trains{(task.Train.TimeBudget is { } budget ? $" for {budget:c} at most" : "")}{(task.Train.Resume ? ", or goes on with a run of the same plan and data that was stopped" : "")}.";

    public static RunOptions OptionsOf(TaskState state) => new()
    {
        Resume = GoesOn(state), TimeBudget = state.Task.Train.TimeBudget, CheckpointInterval = state.Task.Train.CheckpointInterval, Script = state.Surroundings.Script,
    };

    public override IEnumerable<TaskEvent> Run(TaskState state, CancellationToken cancel)
    {
        if (state.Task.Train.Skip) state.Run = RunFolder.NewestOf(state.Workspace, state.Plan!, run => run.IsFinished && IsOfTheseData(run, state))?.Record ?? throw Fault.NoFinishedRun(state.Workspace);
        else
        {
            if (state.Task.Train.Resume && RunFolder.NewestOf(state.Workspace, state.Plan!)?.Record is { IsFinished: false } other && !IsOfTheseData(other, state))
                yield return new TaskWarned($"The run '{other.Id}' of this plan was stopped on other data than there are now; a new run is begun.");
            foreach (var happened in FineTuning.Run(state.Plan!, state.Data, state.Workspace, null, cancel, OptionsOf(state)))
            {
                if (happened is RunDone { Record: var record }) state.Run = record;
                yield return new Trained(happened);
            }
        }
        var run = state.Run!;
        state.Outcome = state.Outcome with { RunId = run.Id, WeightsHash = run.WeightsHash };
        yield return new StageSaid(string.Create(CultureInfo.InvariantCulture, $"run {run.Id}, {run.Epochs.Count} epochs, validation accuracy {run.Accuracy:0.0000}"));
        if (!run.IsFinished)
        {
            state.End(TaskResult.Held, $"The time budget was over after {run.Epochs.Count} epochs; the next execution goes on with the run '{run.Id}'.");
            yield break;
        }
        foreach (var step in Packed(state, cancel)) yield return step;
    }

    // A run of other data is another run: data that grew are what the night is for.
    static bool GoesOn(TaskState state) =>
        state.Task.Train.Resume && RunFolder.NewestOf(state.Workspace, state.Plan!)?.Record is { } newest && IsOfTheseData(newest, state);

    static bool IsOfTheseData(RunRecord run, TaskState state) => run.Plan.Dataset?.Fingerprint == state.Data!.Fingerprint;

    // The package is what is judged and published: what is served is what was compared.
    static IEnumerable<TaskEvent> Packed(TaskState state, CancellationToken cancel)
    {
        var trained = TrainedModel.From(state.Run!, state.Workspace);
        if (state.Task.Train.Calibrate)
        {
            foreach (var (done, count, temperature) in Calibration.Of(trained, state.Data!, cancel))
                if (temperature is { } found) trained = trained.At(found);
                else yield return new StageProgressed(new() { Activity = "Calibrating", Done = done, Total = count });
            if (Calibration.Doubt(trained.Described.Temperature, state.Data!) is { } doubt) yield return new TaskWarned(doubt);
        }
        var publish = state.Task.Publish;
        if (publish.ProbeCount > 0)
        {
            var probes = ProbeMaker.Of(trained, state.Data!, publish.ProbeCount, cancel);
            if (probes is null) yield return new TaskWarned("The package has no probes, for no validation sample can be read: whether a machine predicts otherwise will not be noticed.");
            trained = trained.Probed(probes);
        }
        using var key = publish.Certificate is null ? null : SigningKey.Open(publish.Certificate, publish.CertificatePasswordVariable is { } variable ? Environment.GetEnvironmentVariable(variable) ?? throw Fault.NoSuchVariable(variable) : null);
        state.Candidate = Path.Combine(state.Folder, "candidate.psft");
        trained.Until(publish.ExpiresAfter is { } time ? state.Surroundings.Clock.GetUtcNow() + time : null).Export(state.Candidate, publish.LabelData, key, state.Surroundings.Clock);
        state.Challenger = TrainedModel.From(state.Candidate, state.Workspace);
    }
}
