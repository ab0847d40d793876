namespace PSFineTune.Scheduling;

/// <summary>A task as a scheduler of this machine has it.</summary>
public sealed record ScheduledTask
{
    public string Name { get; init; } = "";

    /// <summary>TaskScheduler, SystemdUser, SystemdSystem or Cron.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The task's settings file, full path.</summary>
    public string Path { get; init; } = "";

    /// <summary>In words, local time.</summary>
    public string Schedule { get; init; } = "";

    /// <summary>What runs, as PowerShell text.</summary>
    public string Command { get; init; } = "";

    /// <summary>By the schedule, without its random delay; null for a task that is not registered.</summary>
    public DateTimeOffset? NextRun { get; init; }

    /// <summary>Files that belong to it.</summary>
    public IReadOnlyList<string> Files { get; init => field = value.ToIndexable(); } = [];

    /// <summary>The scheduler will run it: false with -WhatIf, and where its files are there and it is not enabled.</summary>
    public bool Registered { get; init; }

    /// <summary>Files that it names and that are not there, so that every run will fail: the module of a version that was removed, pwsh, the settings; full paths.</summary>
    public IReadOnlyList<string> Missing { get; init => field = value.ToIndexable(); } = [];

    /// <summary>What is written, to the letter: the units, the lines or the XML.</summary>
    public string Definition { get; init; } = "";
}
