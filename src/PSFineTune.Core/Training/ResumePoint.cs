namespace PSFineTune.Training;

/// <summary>Where the newest run of a plan stands: what a run that goes on would find. It is read alone.</summary>
/// <param name="Record">Of the checkpoint that it would go on from; of the run where it has none, or is finished.</param>
/// <param name="Position">Where it would go on.</param>
/// <param name="Checkpoints">That it has.</param>
sealed record ResumePoint(RunRecord Record, RunPosition Position, int Checkpoints)
{
    /// <summary>No step is left.</summary>
    public bool IsFinished => Record.IsFinished || Record.End is not null;

    /// <summary>Null where no run of the plan is in the workspace.</summary>
    /// <exception cref="FineTuneException">As a run that goes on: the run has checkpoints, and none can be used.</exception>
    public static ResumePoint? Newest(string workspace, TrainingPlan plan)
    {
        if (RunFolder.NewestOf(workspace, plan) is not { } folder) return null;
        var record = folder.Record;
        if (record.IsFinished || Checkpoint.ToResume(folder, plan, _ => { }) is not { } checkpoint) return new(record, new(), folder.Checkpoints().Count());
        var position = Checkpoint.PositionOf(checkpoint);
        return new(position.Reopen(Checkpoint.RecordOf(checkpoint)) with { Path = folder.Path }, position, folder.Checkpoints().Count());
    }

    /// <summary>The plan with what the run has found out since: its threads, and the parts that a batch is computed in.</summary>
    public TrainingPlan Continued(TrainingPlan plan) => plan with { Threads = Record.Threads, Accumulation = Math.Max(plan.Accumulation, Position.Parts) };
}
