using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace PSFineTune.Scheduling.Schedulers;

/// <summary>A task of the Windows Task Scheduler, in its folder PSFineTune; its XML as in [MS-TSCH] section 2.5.</summary>
public sealed record TaskScheduler : SchedulerSpec
{
    // What Windows 7, Server 2008 R2 and all after them read.
    const string Version = "1.2", Author = "Author", Tool = "schtasks";

    static readonly XNamespace s_task = "http://schemas.microsoft.com/windows/2004/02/mit/task";

    // Logons without a password that are no user's; they take no LogonType.
    static readonly string[] s_services = ["SYSTEM", "LOCAL SERVICE", "NETWORK SERVICE", "LOCALSERVICE", "NETWORKSERVICE"];

    internal override int Preference(SchedulerMachine machine) => machine.IsWindows ? 3 : 0;

    internal override IReadOnlyList<string> Files(TaskDefinition task, SchedulerMachine machine) => [System.IO.Path.Combine(machine.TaskFolder, task.Name + ".xml")];

    internal override string Render(TaskDefinition task, SchedulerMachine machine)
    {
        var first = task.Schedule.Next(machine.Now(), machine.Zone).Date;
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new() { Indent = true, NewLineChars = "\r\n", OmitXmlDeclaration = true })) Document(task, first, task.User ?? machine.Account).Save(writer);
        return $"<?xml version=\"1.0\" encoding=\"UTF-16\"?>\r\n{text}\r\n";
    }

    internal override IEnumerable<FoundTask> List(SchedulerMachine machine)
    {
        if (!Directory.Exists(machine.TaskFolder)) yield break;
        foreach (var file in Directory.EnumerateFiles(machine.TaskFolder, "*.xml").Order(StringComparer.Ordinal))
            if (Read(file) is { } text && Parse(text) is { } task)
                yield return new(task, [file], machine.Find(Tool) is { } tool && machine.Run(tool, ["/Query", "/TN", Path(task)], null).Code == 0, text);
    }

    // Kept first: a task that could not be listed would be nobody's.
    internal override void Install(TaskDefinition task, SchedulerMachine machine, Action<string> warn)
    {
        var (tool, file) = (machine.Tool(Tool, Kind), Files(task, machine)[0]);
        var before = File.Exists(file) ? File.ReadAllBytes(file) : null;
        if (before is null && machine.Run(tool, ["/Query", "/TN", Path(task)], null).Code == 0) throw Fault.NotOurs(Path(task));
        DurableFile.Write(file, stream => stream.Write([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Render(task, machine))]));
        string[] arguments = ["/Create", "/TN", Path(task), "/XML", file, "/F"];
        var said = machine.Run(tool, arguments, null);
        if (said.Code == 0) return;
        if (before is null) File.Delete(file);
        else DurableFile.Write(file, stream => stream.Write(before));
        throw Fault.SchedulerFailed(tool, arguments, $"{said.Error.Trim()} A task that runs whether or not its user is logged on is registered from an elevated prompt; -Interactive needs none.");
    }

    internal override void Remove(FoundTask task, SchedulerMachine machine, Action<string> warn)
    {
        if (task.Enabled)
        {
            string[] arguments = ["/Delete", "/TN", Path(task.Task), "/F"];
            var tool = machine.Tool(Tool, Kind);
            if (machine.Run(tool, arguments, null) is { Code: not 0 } said) throw Fault.SchedulerFailed(tool, arguments, said.Error.Trim());
        }
        foreach (var file in task.Files) File.Delete(file);
    }

    static string Path(TaskDefinition task) => $@"\PSFineTune\{task.Name}";

    // Triggers are sequences, their order is the schema's; the other parts have any order and stand in that of the schema's text.
    static XDocument Document(TaskDefinition task, DateTime first, string user) => new(Element("Task", new XAttribute("version", Version),
        Element("RegistrationInfo", Element("Source", "PSFineTune"), Element("Description", $"PSFineTune task {task.Name}: {task.Schedule}"), Element("Documentation", task.Json)),
        Element("Triggers", task.Schedule.Times.Select(time => Trigger(task.Schedule, first + time))),
        Element("Settings",
            Element("MultipleInstancesPolicy", "IgnoreNew"), Element("DisallowStartIfOnBatteries", false), Element("StopIfGoingOnBatteries", false),
            Element("AllowHardTerminate", true), Element("StartWhenAvailable", !task.Schedule.SkipMissed), Element("Enabled", true),
            // PT0S is no limit; without the element it would be three days.
            Element("ExecutionTimeLimit", XmlConvert.ToString(task.Schedule.TimeLimit ?? TimeSpan.Zero)), Element("Priority", 7)),
        Element("Principals", Element("Principal", new XAttribute("id", Author), Principal(user, task.Interactive), Element("RunLevel", "LeastPrivilege"))),
        Element("Actions", new XAttribute("Context", Author), Element("Exec", Element("Command", task.PowerShell), Element("Arguments", Arguments(task))))));

    static XElement Trigger(FineTuneSchedule schedule, DateTime start) => Element("CalendarTrigger",
        Element("Enabled", true),
        // Without a zone: local time, whatever the season.
        Element("StartBoundary", start.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)),
        schedule.RandomDelay > TimeSpan.Zero ? Element("RandomDelay", XmlConvert.ToString(schedule.RandomDelay)) : null,
        schedule.DayOfMonth is { } day ? Element("ScheduleByMonth", Element("DaysOfMonth", Element("Day", day)),
                Element("Months", CultureInfo.InvariantCulture.DateTimeFormat.MonthNames.Where(name => name.Length > 0).Select(name => Element(name))))
            : schedule.Days.Count > 0 ? Element("ScheduleByWeek", Element("WeeksInterval", 1), Element("DaysOfWeek", schedule.Days.Select(name => Element(name.ToString()))))
            : Element("ScheduleByDay", Element("DaysInterval", 1)));

    static IEnumerable<XElement> Principal(string user, bool interactive)
    {
        yield return Element("UserId", user);
        if (!s_services.Contains(user.Split('\\')[^1], StringComparer.OrdinalIgnoreCase)) yield return Element("LogonType", interactive ? "InteractiveToken" : "S4U");
    }

    // There are no variables for a task, so that PowerShell sets them; and %NAME% is replaced in arguments, with no way to write it otherwise.
    static string Arguments(TaskDefinition task)
    {
        var command = string.Concat(task.Environment.Select(pair => $"${{env:{pair.Key}}} = {TaskDefinition.Quoted(pair.Value)}; ")) + task.Command;
        return "-NoProfile -NonInteractive " + (command.Contains('%') || command.Contains('"')
            ? "-EncodedCommand " + Convert.ToBase64String(Encoding.Unicode.GetBytes(command))
            : $"-Command \"{command}\"");
    }

    static XElement Element(string name, params object?[] content) => new(s_task + name, content);

    static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static TaskDefinition? Parse(string text)
    {
        try
        {
            var info = XDocument.Parse(text[text.IndexOf("<Task", StringComparison.Ordinal)..]).Root!.Element(s_task + "RegistrationInfo");
            return info?.Element(s_task + "Documentation") is { } json ? TaskDefinition.Parse(json.Value) : null;
        }
        catch (Exception wrong) when (wrong is XmlException or ArgumentException)
        {
            return null;
        }
    }
}
