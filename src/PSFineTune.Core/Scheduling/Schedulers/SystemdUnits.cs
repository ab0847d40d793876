using System.Globalization;
using System.Text;

namespace PSFineTune.Scheduling.Schedulers;

/// <summary>A service and a timer of systemd.</summary>
public abstract record SystemdUnits : SchedulerSpec
{
    const string Prefix = "psfinetune-", Mark = "[X-PSFineTune]\nTask=";

    /// <summary>Folder of the units.</summary>
    private protected abstract string Folder(SchedulerMachine machine);

    /// <summary>What systemctl is told besides.</summary>
    private protected abstract string[] Scope { get; }

    /// <summary>The account that the service runs as; null for that of its systemd.</summary>
    private protected virtual string? Account(TaskDefinition task) => null;

    internal override string? Impossible(TaskDefinition task) => task.Interactive ? "it knows no logging on" : null;

    internal override IReadOnlyList<string> Files(TaskDefinition task, SchedulerMachine machine) =>
        [.. new[] { ".service", ".timer" }.Select(ending => Path.Combine(Folder(machine), Unit(task.Name) + ending))];

    internal override string Render(TaskDefinition task, SchedulerMachine machine) =>
        string.Join('\n', Files(task, machine).Zip([Service(task), Timer(task)], (file, text) => $"# {file}\n{text}"));

    internal override IEnumerable<FoundTask> List(SchedulerMachine machine)
    {
        if (!Directory.Exists(Folder(machine))) yield break;
        foreach (var timer in Directory.EnumerateFiles(Folder(machine), Prefix + "*.timer").Order(StringComparer.Ordinal))
        {
            if (Marked(timer) is not { } task) continue;
            var files = Files(task, machine);
            var text = string.Join('\n', files.Where(File.Exists).Select(file => $"# {file}\n{File.ReadAllText(file)}"));
            yield return new(task, [.. files.Where(File.Exists)], File.Exists(Path.Combine(Folder(machine), "timers.target.wants", Path.GetFileName(timer))), text);
        }
    }

    internal override void Install(TaskDefinition task, SchedulerMachine machine, Action<string> warn)
    {
        var files = Files(task, machine);
        foreach (var file in files) if (File.Exists(file) && Marked(file) is null) throw Fault.NotOurs(file);
        // Where systemd does not run a task is never enabled, and registered as often as its script runs.
        foreach (var (file, text) in files.Zip([Service(task), Timer(task)])) if (!File.Exists(file) || File.ReadAllText(file) != text) DurableFile.WriteText(file, text);
        Tell(machine, warn, ["daemon-reload"], ["enable", Unit(task.Name) + ".timer"], ["restart", Unit(task.Name) + ".timer"]);
    }

    internal override void Remove(FoundTask task, SchedulerMachine machine, Action<string> warn)
    {
        if (machine.HasSystemd) Tell(machine, warn, ["disable", "--now", Unit(task.Task.Name) + ".timer"]);
        foreach (var file in task.Files.Where(file => Marked(file) is not null).Append(Path.Combine(Folder(machine), "timers.target.wants", Unit(task.Task.Name) + ".timer"))) Delete(file);
        if (machine.HasSystemd) Tell(machine, warn, ["daemon-reload"]);
    }

    // 10, trained and held, and 30, another run has the lock, are no failures: OnFailure= would call someone for nothing.
    string Service(TaskDefinition task)
    {
        var text = new StringBuilder($"[Unit]\nDescription=PSFineTune task {Percent(task.Name)}\n\n[Service]\nType=oneshot\n");
        if (Account(task) is { } account) text.Append(CultureInfo.InvariantCulture, $"User={Percent(account)}\n");
        foreach (var (name, value) in task.Environment) text.Append(CultureInfo.InvariantCulture, $"Environment={Quoted($"{name}={value}")}\n");
        text.Append(CultureInfo.InvariantCulture, $"ExecStart={Quoted(task.PowerShell)} -NoProfile -NonInteractive -Command {Quoted(task.Command.Replace("$", "$$"))}\n");
        text.Append("SuccessExitStatus=10 30\nKillSignal=SIGTERM\nTimeoutStopSec=90\nNice=10\n");
        text.Append(CultureInfo.InvariantCulture, $"TimeoutStartSec={(task.Schedule.TimeLimit is { } limit ? $"{Math.Round(limit.TotalSeconds)}s" : "infinity")}\n");
        return text.Append(CultureInfo.InvariantCulture, $"\n{Mark}{task.Json}\n").ToString();
    }

    static string Timer(TaskDefinition task)
    {
        var schedule = task.Schedule;
        var days = schedule.Days.Count == 0 ? "" : string.Join(',', schedule.Days.Select(day => day.ToString()[..3])) + " ";
        var day = schedule.DayOfMonth is { } number ? number.ToString("00", CultureInfo.InvariantCulture) : "*";
        var hours = string.Join(',', schedule.Times.Select(time => time.Hours.ToString("00", CultureInfo.InvariantCulture)));
        var text = new StringBuilder($"[Unit]\nDescription=Runs PSFineTune task {Percent(task.Name)}\n\n[Timer]\n");
        text.Append(CultureInfo.InvariantCulture, $"OnCalendar={days}*-*-{day} {hours}:{schedule.At.Minutes:00}:00\n");
        if (schedule.RandomDelay > TimeSpan.Zero) text.Append(CultureInfo.InvariantCulture, $"RandomizedDelaySec={Math.Round(schedule.RandomDelay.TotalSeconds)}s\n");
        text.Append(CultureInfo.InvariantCulture, $"Persistent={(schedule.SkipMissed ? "false" : "true")}\n\n[Install]\nWantedBy=timers.target\n");
        return text.Append(CultureInfo.InvariantCulture, $"\n{Mark}{task.Json}\n").ToString();
    }

    // As systemd-escape writes what may not stand in a unit's name.
    static string Unit(string task) => Prefix + string.Concat(Encoding.UTF8.GetBytes(task).Select(part =>
        char.IsAsciiLetterOrDigit((char)part) || part is (byte)'.' or (byte)'_' or (byte)'-' ? ((char)part).ToString() : $@"\x{part:x2}"));

    // Specifiers are read in every value.
    static string Percent(string text) => text.Replace("%", "%%");

    static string Quoted(string text) => $"\"{Percent(text).Replace(@"\", @"\\").Replace("\"", "\\\"")}\"";

    static TaskDefinition? Marked(string file)
    {
        try
        {
            var text = File.ReadAllText(file);
            return text.IndexOf("\n" + Mark, StringComparison.Ordinal) is >= 0 and var at ? TaskDefinition.Parse(text[(at + 1 + Mark.Length)..].Split('\n')[0]) : null;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static void Delete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException && wrong is not DirectoryNotFoundException)
        {
            throw Fault.CannotWrite(file, wrong);
        }
        catch (DirectoryNotFoundException)
        {
        }
    }

    // Where systemd does not run, or not for this account, the files are right and what is missing is said.
    void Tell(SchedulerMachine machine, Action<string> warn, params string[][] commands)
    {
        var typed = string.Join("; ", commands.Select(command => string.Join(' ', ["systemctl", .. Scope, .. command])));
        if (!machine.HasSystemd || machine.Find("systemctl") is not { } tool)
        {
            warn($"systemd does not run here, so that the timer is written and not started. Where it runs, type: {typed}");
            return;
        }
        foreach (var command in commands)
            if (machine.Run(tool, [.. Scope, .. command], null) is { Code: not 0 } said)
            {
                warn($"systemctl {string.Join(' ', [.. Scope, .. command])} failed: {said.Error.Trim()} When that is mended, type: {typed}");
                return;
            }
    }
}
