using PSFineTune.Tasks.Stages;

namespace PSFineTune.Tasks;

/// <summary>One step of a task. What a stage finds it leaves in the state, for those behind it.</summary>
abstract class TaskStage
{
    /// <summary>In the order they are carried out in.</summary>
    public static IReadOnlyList<TaskStage> All { get; } =
    [
        new LockStage(), new AuditStage(), new DriftStage(), new PlanStage(), new TrainStage(), new MeasureStage(), new CompareStage(), new PublishStage(),
        new LedgerStage(), new ReportStage(), new NotifyStage(),
    ];

    public string Name => GetType().Name[..^"Stage".Length];

    /// <summary>Whether it is carried out however the stages before it ended: what tells of them.</summary>
    public virtual bool Tells => false;

    public abstract bool IsSkipped(FineTuneTask task);

    /// <summary>What it will do by these settings, one sentence.</summary>
    public abstract string Explain(FineTuneTask task);

    /// <summary>What lies on the disk that will keep it from its work. Nothing is written and no library is loaded for it.</summary>
    public virtual IEnumerable<TaskProblem> Look(FineTuneTask task) => [];

    /// <summary>Pulled: it advances only as its events are read.</summary>
    /// <exception cref="FineTuneException">It cannot be done; the task then ends with the exit code of the fault.</exception>
    public abstract IEnumerable<TaskEvent> Run(TaskState state, CancellationToken cancel);
}
