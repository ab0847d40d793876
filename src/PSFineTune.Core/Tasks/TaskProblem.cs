namespace PSFineTune.Tasks;

/// <summary>Something in a settings file that keeps a task from running.</summary>
/// <param name="Setting">Where, such as plan.epochs.</param>
/// <param name="Message">What was given and what is known.</param>
/// <param name="Action">What to do.</param>
readonly record struct TaskProblem(string Setting, string Message, string Action)
{
    public static TaskProblem Of(string setting, FineTuneException fault) => new(setting, fault.Message, fault.RecommendedAction);
}
