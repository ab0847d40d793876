using System.Globalization;
using System.Text;

namespace PSFineTune.Scheduling.Schedulers;

/// <summary>A marked block of lines in the crontab of the account; other lines stay as they are.</summary>
public sealed record Cron : SchedulerSpec
{
    // Vixie cron and those after it read so many characters of a command.
    const int LongestCommand = 998;

    const string Begin = "# PSFineTune task ", End = "# End of PSFineTune task ", Tool = "crontab";

    internal override int Preference(SchedulerMachine machine) => !machine.IsWindows && machine.Find(Tool) is not null ? 1 : 0;

    internal override string? Impossible(TaskDefinition task) =>
        task.Schedule.RandomDelay > TimeSpan.Zero ? "it knows no random delay"
        : task.Schedule.TimeLimit is not null ? "it ends no run after a time; the settings of the task can bound training"
        : task.User is not null ? "a crontab runs as the account that it belongs to"
        : task.Interactive ? "it knows no logging on"
        : Encoding.UTF8.GetByteCount(Line(task)) > LongestCommand ? $"its line would be longer than {LongestCommand} bytes; shorter paths help"
        : null;

    internal override string? Caveat(TaskDefinition task) => task.Schedule.SkipMissed ? null : "cron does not make up for runs that were missed while the machine was off.";

    internal override IReadOnlyList<string> Files(TaskDefinition task, SchedulerMachine machine) => [];

    internal override string Render(TaskDefinition task, SchedulerMachine machine) => $"{Begin}{task.Json}\n{Line(task)}\n{End}{task.Name}\n";

    internal override IEnumerable<FoundTask> List(SchedulerMachine machine) =>
        machine.IsWindows || machine.Find(Tool) is null ? [] : Blocks(Read(machine)).Select(block => new FoundTask(block.Task, [], Enabled: true, Wide(block.Text)));

    internal override void Install(TaskDefinition task, SchedulerMachine machine, Action<string> warn)
    {
        var (table, text) = (Read(machine), Narrow(Render(task, machine)));
        var old = Blocks(table).Where(block => block.Task.Name == task.Name).Select(block => block.Text).FirstOrDefault();
        Write(machine, old is not null ? table.Replace(old, text) : (table.Length == 0 || table.EndsWith('\n') ? table : table + "\n") + text);
    }

    // By its own bytes, which may be of another encoding than ours.
    internal override void Remove(FoundTask task, SchedulerMachine machine, Action<string> warn)
    {
        var table = Read(machine);
        var blocks = Blocks(table).Where(block => block.Task.Name == task.Task.Name).ToList();
        if (blocks.Count == 0) throw Fault.NoSuchTask(task.Task.Name);
        Write(machine, blocks.Aggregate(table, (rest, block) => rest.Replace(block.Text, "")));
    }

    // Minute, hours, day of month, month, days of week; then a line for /bin/sh, in which cron itself reads % as a line break.
    static string Line(TaskDefinition task)
    {
        var schedule = task.Schedule;
        var hours = string.Join(',', schedule.Times.Select(time => time.Hours));
        var days = schedule.Days.Count == 0 ? "*" : string.Join(',', schedule.Days.Select(day => (int)day));
        var variables = string.Concat(task.Environment.Select(pair => $"{pair.Key}={Shell(pair.Value)} "));
        var command = $"{variables}{Shell(task.PowerShell)} -NoProfile -NonInteractive -Command {Shell(task.Command)}";
        return string.Create(CultureInfo.InvariantCulture, $"{schedule.At.Minutes} {hours} {schedule.DayOfMonth?.ToString(CultureInfo.InvariantCulture) ?? "*"} * {days} ") + command.Replace("%", @"\%");
    }

    // A name of our own pattern needs none, and reads better so.
    static string Shell(string text) => text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '_' or '-') ? text : $"'{text.Replace("'", @"'\''")}'";

    static IEnumerable<(TaskDefinition Task, string Text)> Blocks(string table)
    {
        for (var from = 0; from < table.Length;)
        {
            var next = table.IndexOf('\n', from) is >= 0 and var at ? at + 1 : table.Length;
            var line = Wide(table[from..next].TrimEnd('\n'));
            if (line.StartsWith(Begin, StringComparison.Ordinal) && TaskDefinition.Parse(line[Begin.Length..]) is { } task)
            {
                var end = table.IndexOf("\n" + Narrow(End + task.Name) + "\n", from, StringComparison.Ordinal);
                if (end < 0) throw Fault.DamagedCrontab(task.Name, End + task.Name);
                next = table.IndexOf('\n', end + 1) + 1;
                yield return (task, table[from..next]);
            }
            from = next;
        }
    }

    static string Read(SchedulerMachine machine)
    {
        var tool = machine.Tool(Tool, nameof(Cron));
        var said = machine.Run(tool, ["-l"], null);
        if (said.Code == 0) return said.Output;
        // An account without one; anything else must not be taken for an empty one.
        return said.Error.Contains("no crontab", StringComparison.OrdinalIgnoreCase) ? "" : throw Fault.SchedulerFailed(tool, ["-l"], said.Error.Trim());
    }

    static void Write(SchedulerMachine machine, string table)
    {
        var (tool, arguments) = (machine.Tool(Tool, nameof(Cron)), table.Length == 0 ? new[] { "-r" } : ["-"]);
        var said = machine.Run(tool, arguments, table.Length == 0 ? null : table);
        if (said.Code != 0) throw Fault.SchedulerFailed(tool, arguments, said.Error.Trim());
        if (Read(machine) != table) throw Fault.SchedulerFailed(tool, ["-l"], "the crontab is not what was just written: something else wrote it at the same time");
    }

    // A crontab is bytes, one a character.
    static string Narrow(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    static string Wide(string text) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text));
}
