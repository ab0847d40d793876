namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException BadSchedule(string name, object? value, string allowed) =>
        new("BadSchedule", FaultKind.InvalidArgument, $"{name} of a schedule is {value}; allowed is {allowed}.", $"Give {name} {allowed}.", value);

    public static FineTuneException BadTaskName(string name) =>
        new("BadTaskName", FaultKind.InvalidArgument, $"'{name}' is no name of a task: letters, digits, blanks, '.', '_' and '-', up to 80, the first and last no blank or dot.",
            "Give another -Name, or change the Name in the settings.", name);

    public static FineTuneException BadTaskPath(string path) =>
        new("BadTaskPath", FaultKind.InvalidArgument, $"'{path}' has a line break or another control character, which no scheduler can be given.", "Use a path without.", path);

    public static FineTuneException NoTaskSettings(string path) =>
        new("NoTaskSettings", FaultKind.NotFound, $"There is no settings file '{path}'.", "Give the JSON file that Invoke-FineTuneTask takes.", path);

    public static FineTuneException BadTaskSettings(string path, Exception why) =>
        new("BadTaskSettings", FaultKind.InvalidData, $"'{path}' is no JSON: {why.Message}", "Correct the file at the place that is named.", path, why);

    public static FineTuneException NoPowerShell(string? given) =>
        new("NoPowerShell", FaultKind.NotFound, given is null ? "There is no pwsh on PATH, and this process is none." : $"There is no PowerShell '{given}'.",
            "Give -PowerShellPath with the full path of pwsh 7.4 or later.", given);

    public static FineTuneException NoScheduler(IEnumerable<string> known) =>
        new("NoScheduler", FaultKind.Unavailable, $"This machine has no scheduler that is known here: {string.Join(", ", known)}.",
            "Name one with -Kind to write its files all the same, or run Invoke-FineTuneTask from a scheduler of your own; -WhatIf shows the command.");

    public static FineTuneException NoSchedulerTool(string kind, string tool) =>
        new("NoSchedulerTool", FaultKind.Unavailable, $"{kind} is used through '{tool}', which is not on PATH.", "Install it, extend PATH, or name another -Kind.", tool);

    public static FineTuneException SchedulerFailed(string tool, IEnumerable<string> arguments, string why) =>
        new("SchedulerFailed", FaultKind.WriteError, $"'{tool} {string.Join(' ', arguments)}' failed: {why}", "Mend what it says and register again; registering twice does no harm.", tool);

    public static FineTuneException CannotSchedule(string kind, string task, string why) =>
        new("CannotSchedule", FaultKind.NotSupported, $"{kind} cannot run the task '{task}' so: {why}.", "Leave that setting out, or name another -Kind.", task);

    public static FineTuneException TaskElsewhere(string task, string kind) =>
        new("TaskElsewhere", FaultKind.InvalidArgument, $"The task '{task}' is registered with {kind} already, and would run twice.",
            $"Take it away first with Unregister-FineTuneTask -Kind {kind}, or give another -Name.", task);

    public static FineTuneException NoSuchTask(string name) =>
        new("NoSuchTask", FaultKind.NotFound, $"No task '{name}' is registered.", "Get-FineTuneTask lists those that are.", name);

    public static FineTuneException NotOurs(string file) =>
        new("NotOurs", FaultKind.Security, $"'{file}' is there and was not written by Register-FineTuneTask.", "Move it away, or give another -Name.", file);

    public static FineTuneException DamagedCrontab(string task, string line) =>
        new("DamagedCrontab", FaultKind.InvalidData, $"In the crontab the lines of the task '{task}' have no end: the line '{line}' is gone.", "Put that line back after the task's own with 'crontab -e', or delete both that are left.", task);
}
