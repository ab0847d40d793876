using PSFineTune.Data;
using PSFineTune.Training;

namespace PSFineTune.Tasks;

/// <summary>What a task yields while it goes.</summary>
abstract record TaskEvent;

/// <summary>A stage has begun.</summary>
sealed record StageBegan(string Stage) : TaskEvent;

/// <summary>What a stage has to say; the last of it is what stands in the outcome.</summary>
sealed record StageSaid(string Message) : TaskEvent;

/// <summary>What an operator should know; it stands in the outcome.</summary>
sealed record TaskWarned(string Message) : TaskEvent;

/// <summary>How far a stage is.</summary>
sealed record StageProgressed(ImportProgress Progress) : TaskEvent;

/// <summary>Of the run.</summary>
sealed record Trained(TrainEvent Happened) : TaskEvent;

/// <summary>A stage is over.</summary>
sealed record StageEnded(StageRecord Record) : TaskEvent;

/// <summary>The last of all.</summary>
sealed record TaskDone(TaskOutcome Outcome) : TaskEvent;
