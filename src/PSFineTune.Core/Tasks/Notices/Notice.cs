using System.Globalization;

namespace PSFineTune.Tasks.Notices;

/// <summary>Someone who is told how a task ended.</summary>
abstract class Notice
{
    /// <summary>For a message.</summary>
    public abstract string Name { get; }

    /// <exception cref="Exception">It could not be told; whoever calls says so and goes on.</exception>
    public abstract void Send(TaskOutcome outcome, CancellationToken cancel);

    /// <summary>One line that a person reads in a log.</summary>
    protected static string Line(TaskOutcome outcome) => string.Create(CultureInfo.InvariantCulture,
        $"task={outcome.Task} result={outcome.Result} exit={outcome.ExitCode} run={outcome.RunId ?? "-"} version={outcome.Version?.ToString(CultureInfo.InvariantCulture) ?? "-"} seconds={outcome.Seconds} reason=\"{Flat(outcome.Reason)}\"");

    // A name with a line break must not make a second entry of a log.
    static string Flat(string text) => string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character == '"' ? '\'' : character));
}
