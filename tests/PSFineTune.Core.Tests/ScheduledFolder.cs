using System.Text;
using PSFineTune.Scheduling;

namespace PSFineTune.Tests;

/// <summary>A machine of one test: folders of its own, and stand-ins for crontab, systemctl and schtasks that remember what they were told.</summary>
sealed class ScheduledFolder : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 2, 10, 12, 0, 0, TimeSpan.Zero);

    readonly TempFolder _folder = new();
    readonly HashSet<string> _windowsTasks = [];

    public ScheduledFolder(bool hasSystemd = true)
    {
        foreach (var (name, text) in new[] { ("nightly.json", "{ \"name\": \"nightly\" }"), ("pwsh", "#!/bin/sh\nfor a in \"$@\"; do printf '%s\\n' \"$a\"; done\nprintf 'workspace %s\\n' \"$PSFINETUNE_WORKSPACE\"\n") }) Add(name, text);
        Machine = new()
        {
            IsWindows = false, HasSystemd = hasSystemd, IsRoot = false, Account = @"FABRIKAM\me", UserUnits = _folder["user"], SystemUnits = _folder["system"], TaskFolder = _folder["tasks"],
            Exists = path => !Gone.Contains(path), Now = () => Now, Zone = TimeZoneInfo.Utc, Run = Run, Find = name => name == "pwsh" ? _folder["pwsh"] : $"/tools/{name}",
        };
    }

    public SchedulerMachine Machine { get; }

    /// <summary>Null where the account has none.</summary>
    public string? Crontab { get; set; }

    /// <summary>What the tools were told, but for questions.</summary>
    public List<string> Told { get; } = [];

    /// <summary>Files that are not there; all others are.</summary>
    public HashSet<string> Gone { get; } = [];

    public List<string> Warnings { get; } = [];

    public TaskRegistration Tasks => new(Machine, Warnings.Add);

    public string this[string relative] => _folder[relative];

    public void Dispose() => _folder.Dispose();

    /// <summary>A file under a name that may be hard to quote.</summary>
    public string Add(string name, string text)
    {
        var path = _folder[name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    public TaskRequest Request(SchedulerSpec? kind = null) => new() { Settings = _folder["nightly.json"], Kind = kind, Module = "/modules/PSFineTune/PSFineTune.psd1", Schedule = new() { At = new(2, 30, 0) } };

    /// <summary>Every file, with its bytes and the time it was written, and the crontab.</summary>
    public string State() => string.Join('\n', Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(file => $"{file} {File.GetLastWriteTimeUtc(file).Ticks} {Convert.ToHexString(File.ReadAllBytes(file))}").Append(Crontab ?? "(none)"));

    ToolResult Run(string file, IReadOnlyList<string> arguments, string? input)
    {
        if (arguments is not (["-l"] or ["/Query", ..])) Told.Add($"{Path.GetFileName(file)} {string.Join(' ', arguments)}");
        return (Path.GetFileName(file), arguments) switch
        {
            ("crontab", ["-l"]) => Crontab is null ? new(1, "", "no crontab for me\n") : new(0, Crontab, ""),
            ("crontab", ["-"]) => Done(() => Crontab = input),
            ("crontab", ["-r"]) => Done(() => Crontab = null),
            ("systemctl", [.., "enable", var timer]) => Done(() => Add(Path.Combine(arguments[0] == "--user" ? "user" : "system", "timers.target.wants", timer), "")),
            ("systemctl", _) => Done(() => { }),
            ("schtasks", ["/Query", "/TN", var name]) => new(_windowsTasks.Contains(name) ? 0 : 1, "", ""),
            ("schtasks", ["/Create", "/TN", var name, "/XML", var xml, "/F"]) => Done(() => _windowsTasks.Add(File.ReadAllBytes(xml)[..2].SequenceEqual(Encoding.Unicode.Preamble.ToArray()) ? name : "not UTF-16")),
            ("schtasks", ["/Delete", "/TN", var name, "/F"]) => Done(() => _windowsTasks.Remove(name)),
            _ => new(2, "", "unknown"),
        };
    }

    static ToolResult Done(Action work)
    {
        work();
        return new(0, "", "");
    }
}
