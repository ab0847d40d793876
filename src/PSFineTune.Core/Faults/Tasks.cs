using System.Globalization;
using PSFineTune.Tasks;

namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException BadTask(string path, IReadOnlyList<TaskProblem> problems) =>
        new("BadTask", FaultKind.InvalidArgument, $"'{path}' does not describe a task: {problems[0].Message}{(problems.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" There are {problems.Count - 1} more.") : "")}",
            $"{problems[0].Action} Test-FineTuneTask lists all that is wrong.", path);

    public static FineTuneException BadTaskSetting(string setting, string value, string expected, Exception why) =>
        new("BadSetting", FaultKind.InvalidArgument, $"'{setting}' is {value}; it must be {expected}.", $"Give '{setting}' {expected}.", value, why);

    public static FineTuneException NotATask(string path, string why, Exception? inner = null) =>
        new("NotATask", FaultKind.InvalidData, $"'{path}' does not describe a task: {why}", "Write one JSON object; docs/operating.md of the module has an example to begin with.", path, inner);

    public static FineTuneException NoNewSamples(string path) =>
        new("NoNewSamples", FaultKind.NotFound, $"There are no new samples at '{path}' to compare.", "Correct drift.path, leave it out, or set drift.skip to true.", path);

    public static FineTuneException NoSuchVariable(string name) =>
        new("NoSuchVariable", FaultKind.NotFound, $"There is no environment variable '{name}', which publish.certificatePasswordVariable names.", "Set it for the account that runs the task, or leave the setting out.", name);

    public static FineTuneException NoFinishedRun(string workspace) =>
        new("NoFinishedRun", FaultKind.NotFound, $"The workspace '{workspace}' has no finished run of the task's plan on the data as they are now, and train.skip is true.", "Set train.skip to false.", workspace);

    public static FineTuneException WorkspaceGone(string lockFile) =>
        new("WorkspaceGone", FaultKind.NotFound, $"The task's lock '{lockFile}' is not there any more: the workspace was taken away, or emptied, while the task ran. Nothing is published.",
            "See that the disk or share of the workspace is there all the time, and start the task again.", lockFile);

    public static FineTuneException StoreGone(string store, string name) =>
        new("StoreGone", FaultKind.NotFound, $"The store '{store}' had a model '{name}' when the task began, and has none now: it was taken away, or emptied. Nothing is published.",
            "See that the disk or share of the store is there all the time, and start the task again.", store);

    public static FineTuneException NotWhole(string ledger, string problem) =>
        new("LedgerNotWhole", FaultKind.Security, $"The ledger '{ledger}' is not whole: {problem}",
            "Find out who changed it (Test-FineTuneLedger tells all); to begin a new one move it away. ledger.requireWhole = false goes on regardless.", ledger);

    public static FineTuneException NotNotified(string where, Exception why) =>
        new("NotNotified", FaultKind.Unavailable, $"{where} could not be told of the outcome: {why.Message}", "Check the address and that it may be reached from here; the task itself is not affected.", where, why);
}
