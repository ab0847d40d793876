namespace PSFineTune.Tasks;

/// <summary>One stage of a task, or one thing that keeps it from running.</summary>
public sealed record TaskCheck
{
    /// <summary>The stage, or Settings.</summary>
    public string Stage { get; init; } = "";

    public bool Passed { get; init; }

    /// <summary>The setting at fault, such as plan.epochs; empty where nothing is.</summary>
    public string Setting { get; init; } = "";

    /// <summary>What the stage will do, or what is wrong; one sentence.</summary>
    public string Message { get; init; } = "";

    /// <summary>What to do; empty where nothing is to be done.</summary>
    public string Action { get; init; } = "";

    /// <summary>What a settings file will do, stage by stage, and all that is wrong with it. Nothing is written, and nothing is trained.</summary>
    /// <param name="path">Full path.</param>
    internal static IReadOnlyList<TaskCheck> Of(string path)
    {
        FineTuneTask task;
        IReadOnlyList<TaskProblem> problems;
        try
        {
            (task, problems) = TaskFile.Look(path);
        }
        catch (FineTuneException fault)
        {
            return [Failed("Settings", TaskProblem.Of("", fault))];
        }
        TaskCheck[] settings = problems.Count == 0
            ? [new() { Stage = "Settings", Passed = true, Message = $"'{path}' describes the task '{task.Name}'." }]
            : [.. problems.Select(problem => Failed("Settings", problem))];
        // Of settings that are wrong a stage would tell what it will not do.
        return problems.Count > 0 ? settings : [.. settings, .. TaskStage.All.SelectMany(stage => Of(stage, task))];
    }

    static IEnumerable<TaskCheck> Of(TaskStage stage, FineTuneTask task)
    {
        if (stage.IsSkipped(task)) return [new() { Stage = stage.Name, Passed = true, Message = "Skipped." }];
        List<TaskCheck> failed = [.. stage.Look(task).Select(problem => Failed(stage.Name, problem))];
        return failed.Count > 0 ? failed : [new() { Stage = stage.Name, Passed = true, Message = stage.Explain(task) }];
    }

    static TaskCheck Failed(string stage, TaskProblem problem) => new() { Stage = stage, Setting = problem.Setting, Message = problem.Message, Action = problem.Action };
}
