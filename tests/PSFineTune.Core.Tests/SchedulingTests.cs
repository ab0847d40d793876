using System.Diagnostics;
using System.Globalization;
using System.Text;
using PSFineTune.Scheduling;
using PSFineTune.Scheduling.Schedulers;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Tasks of every kind of scheduler: as they are asked for, once, and gone without a trace. Alone, for they carry variables of the process.</summary>
[Collection(nameof(Alone))]
public sealed class SchedulingTests : IDisposable
{
    const string Hard = "it's 100% \"$HOME\" \u2019 `x` \\ ü.json";

    readonly ScheduledFolder _machine = new();

    public void Dispose() => _machine.Dispose();

    public static TheoryData<string> EveryKind => [.. Catalog<SchedulerSpec>.Names];

    public static IEnumerable<FineTuneSchedule> Schedules =>
        from at in new[] { new TimeSpan(0, 0, 0), new TimeSpan(2, 30, 0), new TimeSpan(23, 59, 0) }
        from days in new[] { new FineTuneSchedule(), new() { DaysOfWeek = [DayOfWeek.Sunday] }, new() { DaysOfWeek = [DayOfWeek.Saturday, DayOfWeek.Monday, DayOfWeek.Monday] }, new() { DayOfMonth = 28 } }
        from hours in new int?[] { null, 1, 4, 12 }
        select days with { At = at, EveryHours = hours };

    [Theory, MemberData(nameof(EveryKind))]
    public void Registering_twice_changes_nothing_other_settings_do_and_taking_away_leaves_no_trace(string name)
    {
        _machine.Crontab = "# mine\nMAILTO=me\n5 * * * * /usr/bin/true # \u00fc\n";
        var kind = Catalog<SchedulerSpec>.Create(name);
        var before = _machine.State();
        Assert.Equal(before, State(() => Assert.False(_machine.Tasks.Register(_machine.Request(kind), _ => false).Registered)));
        Assert.Empty(_machine.Told);

        var task = _machine.Tasks.Register(_machine.Request(kind), _ => true);
        Assert.Equal(("nightly", name, "daily at 02:30", true), (task.Name, task.Kind, task.Schedule, task.Registered));
        Assert.Equal(new DateTimeOffset(2026, 2, 11, 2, 30, 0, TimeSpan.Zero), task.NextRun);
        var (once, told) = (_machine.State(), _machine.Told.Count);
        var again = _machine.Tasks.Register(_machine.Request(kind), _ => throw new InvalidOperationException("There is nothing to confirm."));
        Assert.Equal(PlanJson.WriteLine(task), PlanJson.WriteLine(again));
        Assert.Equal((once, told), (_machine.State(), _machine.Told.Count));
        Assert.Equal(PlanJson.WriteLine(task), PlanJson.WriteLine(Assert.Single(_machine.Tasks.All(null))));

        _machine.Tasks.Register(_machine.Request(kind) with { Name = "another one" }, _ => true);
        var changed = _machine.Tasks.Register(_machine.Request(kind) with { Schedule = new() { At = new(3, 0, 0) } }, _ => true);
        Assert.Equal("daily at 03:00", changed.Schedule);
        Assert.Equal(["another one", "nightly"], _machine.Tasks.All(kind).Select(known => known.Name));

        Assert.Equal(1, _machine.Tasks.Remove(null, known => known == "nightly", _ => false));
        Assert.Equal(2, _machine.Tasks.All(null).Count());
        Assert.Equal(2, _machine.Tasks.Remove(null, _ => true, _ => true));
        Assert.Empty(_machine.Tasks.All(null));
        Assert.Equal(before, _machine.State());
    }

    [Theory, MemberData(nameof(EveryKind))]
    public void What_is_shown_is_what_is_written_and_comes_back(string name)
    {
        var kind = Catalog<SchedulerSpec>.Create(name);
        foreach (var schedule in Schedules)
        {
            var request = _machine.Request(kind) with { Settings = _machine.Add(Hard, "{}"), Name = "täglich 1", Schedule = schedule };
            ScheduledTask? planned = null;
            var task = _machine.Tasks.Register(request, shown => (planned = shown) is not null);
            Assert.Equal(planned!.Definition, task.Definition.TrimStart('\uFEFF'));
            Assert.Equal(schedule.ToString(), task.Schedule);
            Assert.Equal(request.Settings, task.Path);
            if (task.Files.Count > 0) Assert.All(task.Files, file => Assert.True(File.Exists(file)));
        }
    }

    [Theory, MemberData(nameof(EveryKind))]
    public void A_task_whose_module_or_program_was_removed_is_told_of(string name)
    {
        var request = _machine.Request(Catalog<SchedulerSpec>.Create(name));
        Assert.Empty(_machine.Tasks.Register(request, _ => true).Missing);
        _machine.Warnings.Clear();
        _machine.Tasks.WarnOfMissing(Assert.Single(_machine.Tasks.All(null)));
        Assert.Empty(_machine.Warnings);
        string[] gone = [request.Module, _machine["pwsh"]];
        _machine.Gone.UnionWith(gone);
        var task = Assert.Single(_machine.Tasks.All(null));
        Assert.Equal(gone, task.Missing);
        _machine.Tasks.WarnOfMissing(task);
        Assert.Matches("'nightly'.*cannot run.*PSFineTune.psd1.*pwsh.*Register-FineTuneTask", Assert.Single(_machine.Warnings));
    }

    [Fact]
    public void The_name_is_the_settings_own_else_the_file_s()
    {
        Assert.Equal("nightly", Planned(_machine.Request()).Name);
        Assert.Equal("Weekly 2", Planned(_machine.Request() with { Settings = _machine.Add("a.json", "{ // comment\n \"Name\": \"Weekly 2\", }") }).Name);
        Assert.Equal("b", Planned(_machine.Request() with { Settings = _machine.Add("b.json", "{}") }).Name);
    }

    [Theory]
    [InlineData("NoTaskSettings"), InlineData("BadTaskSettings"), InlineData("BadTaskName"), InlineData("NoPowerShell"), InlineData("BadSchedule"), InlineData("CannotSchedule"), InlineData("TaskElsewhere"), InlineData("BadTaskPath")]
    public void What_cannot_be_is_refused_before_anything_is_written(string id)
    {
        if (id == "TaskElsewhere") _machine.Tasks.Register(_machine.Request(new SystemdUser()), _ => true);
        var request = id switch
        {
            "NoTaskSettings" => _machine.Request() with { Settings = _machine["none.json"], Name = "named" },
            "BadTaskSettings" => _machine.Request() with { Settings = _machine.Add("bad.json", "{") },
            "BadTaskName" => _machine.Request() with { Name = "a/b" },
            "NoPowerShell" => _machine.Request() with { PowerShell = _machine["none"] },
            "BadSchedule" => _machine.Request() with { Schedule = new() { At = TimeSpan.FromHours(24) } },
            "BadTaskPath" => _machine.Request() with { Module = "/a\nb.psd1" },
            _ => _machine.Request(new Cron()) with { Schedule = new() { RandomDelay = TimeSpan.FromMinutes(id == "CannotSchedule" ? 1 : 0) } },
        };
        var before = _machine.State();
        Assert.Equal(id, Assert.Throws<FineTuneException>(() => _machine.Tasks.Register(request, _ => true)).Id);
        Assert.Equal(before, _machine.State());
    }

    [Fact]
    public void A_crontab_that_cannot_be_read_is_not_replaced_and_a_unit_of_another_is_left()
    {
        var refusing = new SchedulerMachine { IsWindows = false, HasSystemd = false, Find = name => name, UserUnits = _machine["u"], SystemUnits = _machine["s"], TaskFolder = _machine["t"], Run = (_, arguments, _) => arguments is ["-l"] ? new(1, "", "you are not allowed") : throw new InvalidOperationException() };
        Assert.Equal("SchedulerFailed", Assert.Throws<FineTuneException>(() => new TaskRegistration(refusing, _ => { }).Register(_machine.Request(new Cron()) with { PowerShell = _machine["pwsh"] }, _ => true)).Id);
        _machine.Add("user/psfinetune-nightly.service", "[Service]\nExecStart=/bin/true\n");
        Assert.Equal("NotOurs", Assert.Throws<FineTuneException>(() => _machine.Tasks.Register(_machine.Request(new SystemdUser()), _ => true)).Id);
        Assert.Empty(_machine.Tasks.All(null));
    }

    [Fact]
    public void What_others_wrote_stays_and_what_a_newer_version_wrote_is_still_ours()
    {
        // A service of somebody else behind our timer.
        var task = _machine.Tasks.Register(_machine.Request(new SystemdUser()), _ => true);
        var service = task.Files.Single(file => file.EndsWith(".service", StringComparison.Ordinal));
        File.WriteAllText(service, "[Service]\nExecStart=/bin/true\n");
        Assert.Equal(1, _machine.Tasks.Remove(new SystemdUser(), _ => true, _ => true));
        Assert.True(File.Exists(service));
        File.Delete(service);

        // A setting more than this version knows, and a comment of another encoding within the block.
        _machine.Tasks.Register(_machine.Request(new Cron()), _ => true);
        _machine.Crontab = _machine.Crontab!.Replace("\"name\":", "\"newer\":1,\"name\":", StringComparison.Ordinal).Replace("\n# End", "\n# \u00fc\n# End", StringComparison.Ordinal);
        Assert.Equal("nightly", Assert.Single(_machine.Tasks.All(new Cron())).Name);
        Assert.Equal(1, _machine.Tasks.Remove(new Cron(), _ => true, _ => true));
        Assert.Null(_machine.Crontab);
    }

    [Fact]
    public void What_the_module_reads_from_the_environment_is_carried_along()
    {
        // Not by setting them: other tests of this process read them, too. Of a terminal there is none at night.
        var read = ConventionTests.Sources("src/PSFineTune.Core").SelectMany(file => System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(file), "const string Variable = \"(PSFINETUNE_[A-Z]+)\"")).Select(match => match.Groups[1].Value).Where(name => name != "PSFINETUNE_TERMINAL");
        Assert.Equal(read.Order(StringComparer.Ordinal), TaskRegistration.Carried.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Without_systemd_the_units_are_written_and_what_to_type_is_said()
    {
        using var machine = new ScheduledFolder(hasSystemd: false);
        var task = machine.Tasks.Register(machine.Request(new SystemdSystem()), _ => true);
        Assert.False(task.Registered);
        Assert.Null(task.NextRun);
        Assert.Equal(2, task.Files.Count);
        var before = machine.State();
        machine.Tasks.Register(machine.Request(new SystemdSystem()), _ => true);
        Assert.Equal(before, machine.State());
        Assert.Contains(machine.Warnings, warning => warning.Contains("systemctl enable psfinetune-nightly.timer"));
        Assert.Equal("Cron", machine.Tasks.Register(machine.Request() with { Name = "other" }, _ => false).Kind);
    }

    [Fact]
    public void The_shell_gives_pwsh_the_command_that_cron_has()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no /bin/sh");
        var settings = _machine.Add(Hard, "{}");
        var before = Environment.GetEnvironmentVariable("PSFINETUNE_WORKSPACE");
        var workspace = _machine["it's 5% of $x"];
        try
        {
            Environment.SetEnvironmentVariable("PSFINETUNE_WORKSPACE", workspace);
            var task = _machine.Tasks.Register(_machine.Request(new Cron()) with { Settings = settings, Name = "hard", PowerShell = _machine["pwsh"] }, _ => true);
            var line = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(_machine.Crontab!.Split('\n')[1]));
            Assert.StartsWith("30 2 * * * ", line);
            // As cron does it: an escaped % is one, any other would end the line.
            var command = line["30 2 * * * ".Length..].Replace(@"\%", "\0");
            Assert.DoesNotContain('%', command);
            using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command.Replace('\0', '%')]) { RedirectStandardOutput = true })!;
            Assert.Equal($"-NoProfile\n-NonInteractive\n-Command\n{task.Command}\nworkspace {workspace}\n", shell.StandardOutput.ReadToEnd());
            Assert.Contains("it''s 100% \"$HOME\" \u2019\u2019 `x`", task.Command);
        }
        finally
        {
            Environment.SetEnvironmentVariable("PSFINETUNE_WORKSPACE", before);
        }
    }

    [Fact]
    public void Systemd_reads_every_unit_and_every_calendar_as_it_is_meant()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "there is no systemd-analyze");
        var number = 0;
        var files = new List<string>();
        foreach (var schedule in Schedules)
        {
            var limits = schedule with { RandomDelay = TimeSpan.FromMinutes(number % 3), TimeLimit = number % 2 == 0 ? TimeSpan.FromHours(5) : null, SkipMissed = number % 5 == 0 };
            var task = _machine.Tasks.Register(_machine.Request(new SystemdUser()) with { Settings = _machine.Add(Hard, "{}"), Name = $"täglich {number++}", Schedule = limits }, _ => true);
            files.AddRange(task.Files);
            if (number % 6 != 1) continue;
            var calendar = task.Definition.Split('\n').Single(line => line.StartsWith("OnCalendar=", StringComparison.Ordinal))["OnCalendar=".Length..];
            var said = Analyze("calendar", "--base-time", "2026-02-10 12:00:00 UTC", calendar);
            var next = said.Output.Split('\n').Single(line => line.Contains("Next elapse:")).Split("elapse:")[1].Trim();
            Assert.Equal(task.NextRun!.Value.ToString("ddd yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture), next);
        }
        var verified = Analyze(["verify", .. files]);
        Assert.True(verified.Code == 0 && verified.Output.Trim().Length == 0, verified.Output);
    }

    [Fact]
    public void A_unit_s_command_is_what_systemd_takes_apart()
    {
        var task = _machine.Tasks.Register(_machine.Request(new SystemdUser()) with { Settings = _machine.Add(Hard, "{}"), Name = "hard" }, _ => true);
        var start = task.Definition.Split('\n').Single(line => line.StartsWith("ExecStart=", StringComparison.Ordinal));
        var quoted = start[(start.IndexOf("-Command \"", StringComparison.Ordinal) + "-Command \"".Length)..^1];
        // Backwards: $$ and %% are one each, and the two escapes within double quotes.
        var read = quoted.Replace(@"\\", "\0").Replace("\\\"", "\"").Replace("\0", @"\").Replace("%%", "%").Replace("$$", "$");
        Assert.Equal(task.Command, read);
    }

    [Fact]
    public void The_real_crontab_takes_our_lines_and_has_its_own_again_afterwards()
    {
        var machine = new SchedulerMachine { HasSystemd = false, UserUnits = _machine["user"], SystemUnits = _machine["system"], TaskFolder = _machine["tasks"] };
        Assert.SkipWhen(OperatingSystem.IsWindows() || machine.Find("crontab") is null, "there is no crontab");
        var tool = machine.Find("crontab")!;
        var before = machine.Run(tool, ["-l"], null);
        Assert.SkipUnless(before.Code == 0 || before.Error.Contains("no crontab"), "this account may not use crontab");
        try
        {
            var mine = before.Output + "# \u00c3\u00bc and \u00ff\n0 0 1 1 * /bin/true 50\\%\n";
            Assert.Equal(0, machine.Run(tool, ["-"], mine).Code);
            var tasks = new TaskRegistration(machine, _ => { });
            var request = _machine.Request(new Cron()) with { PowerShell = _machine["pwsh"], Name = "test of the real crontab", Settings = _machine.Add(Hard, "{}") };
            foreach (var schedule in Schedules.Where((_, i) => i % 5 == 0)) Assert.True(tasks.Register(request with { Schedule = schedule }, _ => true).Registered);
            Assert.StartsWith(mine, machine.Run(tool, ["-l"], null).Output);
            Assert.Equal(1, tasks.Remove(new Cron(), name => name == request.Name, _ => true));
            Assert.Equal(mine, machine.Run(tool, ["-l"], null).Output);
        }
        finally
        {
            machine.Run(tool, before.Code == 0 ? ["-"] : ["-r"], before.Code == 0 ? before.Output : null);
        }
        Assert.Equal(before, machine.Run(tool, ["-l"], null));
    }

    [Fact]
    public void The_next_run_is_local_time_through_both_changes_of_clocks()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(1), "test", "test", "test", [TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
            DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1),
            TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new(1, 1, 1, 2, 0, 0), 3, 5, DayOfWeek.Sunday), TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new(1, 1, 1, 3, 0, 0), 10, 5, DayOfWeek.Sunday))]);
        var schedule = new FineTuneSchedule { At = new(2, 30, 0) };
        Assert.Equal(new(2026, 3, 29, 3, 30, 0, TimeSpan.FromHours(2)), schedule.Next(new(2026, 3, 28, 12, 0, 0, TimeSpan.Zero), zone));
        Assert.Equal(new(2026, 3, 30, 2, 30, 0, TimeSpan.FromHours(2)), schedule.Next(new(2026, 3, 29, 1, 30, 0, TimeSpan.Zero), zone));
        Assert.Equal(new(2026, 10, 26, 2, 30, 0, TimeSpan.FromHours(1)), schedule.Next(new(2026, 10, 25, 2, 0, 0, TimeSpan.Zero), zone));
        Assert.Equal(new(2026, 2, 28, 2, 30, 0, TimeSpan.FromHours(1)), (schedule with { DayOfMonth = 28 }).Next(new(2026, 1, 28, 1, 30, 0, TimeSpan.Zero), zone));
    }

    ScheduledTask Planned(TaskRequest request) => _machine.Tasks.Register(request, _ => false);

    string State(Action work)
    {
        work();
        return _machine.State();
    }

    static (int Code, string Output) Analyze(params string[] arguments)
    {
        var start = new ProcessStartInfo("/usr/bin/systemd-analyze", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["TZ"], start.Environment["LC_ALL"]) = ("UTC", "C");
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
