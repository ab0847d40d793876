using System.Text.Json;
using PSFineTune.Packaging.Signing;
using PSFineTune.Pretrained;
using PSFineTune.Store;
using PSFineTune.Text.Chinese;

namespace PSFineTune.Scheduling;

/// <summary>What Register-FineTuneTask was given.</summary>
sealed record TaskRequest
{
    /// <summary>The settings file, full path.</summary>
    public string Settings { get; init; } = "";

    /// <summary>Null for the Name in the settings, else the file's own name.</summary>
    public string? Name { get; init; }

    public FineTuneSchedule Schedule { get; init; } = new();

    /// <summary>Null for what suits the machine.</summary>
    public SchedulerSpec? Kind { get; init; }

    /// <summary>pwsh; null for the one that runs, else the first on PATH.</summary>
    public string? PowerShell { get; init; }

    /// <summary>The module's manifest.</summary>
    public string Module { get; init; } = "";

    public string? User { get; init; }

    public bool Interactive { get; init; }
}

/// <summary>Tasks of all schedulers of a machine.</summary>
/// <param name="machine">Where.</param>
/// <param name="warn">Told what is not as asked.</param>
sealed class TaskRegistration(SchedulerMachine machine, Action<string> warn)
{
    /// <summary>What the module itself reads from the environment.</summary>
    public static IReadOnlyList<string> Carried { get; } = [Workspace.Variable, StoreReference.Variable, TrustPolicy.Variable, JiebaFiles.Variable, WeightsCache.Variable, Runtimes.RuntimeFolders.Variable];

    static IEnumerable<SchedulerSpec> Kinds => Catalog<SchedulerSpec>.Names.Select(Catalog<SchedulerSpec>.Create);

    /// <summary>A task as it would be registered, and with <paramref name="confirm"/> is. Of one that is registered just so nothing is written.</summary>
    /// <param name="request">What to register.</param>
    /// <param name="confirm">Given what would be written; false for not to.</param>
    /// <exception cref="FineTuneException">NoTaskSettings, BadTaskName, BadTaskPath, BadSchedule, NoPowerShell, NoScheduler, CannotSchedule, TaskElsewhere, and as <see cref="SchedulerSpec.Install"/>.</exception>
    public ScheduledTask Register(TaskRequest request, Func<ScheduledTask, bool> confirm)
    {
        var (kind, task) = (request.Kind ?? Preferred(), Define(request));
        task.Validate();
        if (kind.Impossible(task) is { } why) throw Fault.CannotSchedule(kind.Kind, task.Name, why);
        if (Kinds.Where(other => other.Kind != kind.Kind).FirstOrDefault(other => Has(other, task.Name)) is { } elsewhere) throw Fault.TaskElsewhere(task.Name, elsewhere.Kind);
        var found = kind.List(machine).FirstOrDefault(known => known.Task.Name == task.Name);
        if (found is { Enabled: true } && found.Task.IsSame(task)) return Shown(kind, found);
        var planned = Shown(kind, new(task, kind.Files(task, machine), Enabled: false, kind.Render(task, machine)));
        if (!confirm(planned)) return planned;
        if (kind.Caveat(task) is { } caveat) warn(caveat);
        kind.Install(task, machine, warn);
        return kind.List(machine).FirstOrDefault(known => known.Task.Name == task.Name) is { } installed ? Shown(kind, installed) : planned;
    }

    /// <summary>The tasks of this module, by kind and name.</summary>
    /// <param name="only">One kind; null for all.</param>
    public IEnumerable<ScheduledTask> All(SchedulerSpec? only) => Found(only).Select(pair => Shown(pair.Kind, pair.Task));

    /// <summary>Warns of a task that names files that are gone: its scheduler starts it every night, and it cannot even write to the ledger.</summary>
    public void WarnOfMissing(ScheduledTask task)
    {
        if (task.Missing.Count > 0)
            warn($"Task '{task.Name}' ({task.Kind}) cannot run: {string.Join(" and ", task.Missing.Select(file => $"'{file}'"))} is not there, or this account may not see it. After an update or a move of the module, of pwsh or of the settings register the task again with Register-FineTuneTask; Unregister-FineTuneTask takes it away.");
    }

    /// <summary>Takes tasks away for which <paramref name="wanted"/> and then <paramref name="confirm"/> hold.</summary>
    /// <returns>How many were wanted.</returns>
    public int Remove(SchedulerSpec? only, Func<string, bool> wanted, Func<ScheduledTask, bool> confirm)
    {
        var found = Found(only).Where(pair => wanted(pair.Task.Task.Name)).ToList();
        foreach (var (kind, task) in found) if (confirm(Shown(kind, task))) kind.Remove(task, machine, warn);
        return found.Count;
    }

    IEnumerable<(SchedulerSpec Kind, FoundTask Task)> Found(SchedulerSpec? only) =>
        Kinds.Where(kind => only is null || kind.Kind == only.Kind).SelectMany(kind => Listed(kind).OrderBy(task => task.Task.Name, StringComparer.Ordinal).Select(task => (kind, task)));

    bool Has(SchedulerSpec kind, string name) => Listed(kind).Any(task => task.Task.Name == name);

    // A scheduler that cannot be asked hides no others.
    List<FoundTask> Listed(SchedulerSpec kind)
    {
        try
        {
            return [.. kind.List(machine)];
        }
        catch (FineTuneException wrong) when (wrong.Id is "SchedulerFailed" or "DamagedCrontab")
        {
            warn($"{kind.Kind} cannot be asked for its tasks: {wrong.Message}");
            return [];
        }
    }

    ScheduledTask Shown(SchedulerSpec kind, FoundTask found) => new()
    {
        Name = found.Task.Name, Kind = kind.Kind, Path = found.Task.Settings, Schedule = found.Task.Schedule.ToString(), Command = found.Task.Command,
        NextRun = found.Enabled ? found.Task.Schedule.Next(machine.Now(), machine.Zone) : null,
        Files = found.Files, Registered = found.Enabled, Definition = found.Text,
        Missing = [.. new[] { found.Task.Module, found.Task.PowerShell, found.Task.Settings }.Where(file => !machine.Exists(file))],
    };

    SchedulerSpec Preferred() => Kinds.MaxBy(kind => kind.Preference(machine)) is { } best && best.Preference(machine) > 0 ? best : throw Fault.NoScheduler(Catalog<SchedulerSpec>.Names);

    TaskDefinition Define(TaskRequest request)
    {
        var own = NameIn(request.Settings);
        var variables = Carried.Select(name => (name, value: Environment.GetEnvironmentVariable(name))).Where(pair => !string.IsNullOrEmpty(pair.value));
        return new()
        {
            Name = request.Name ?? own, Settings = request.Settings, Schedule = request.Schedule with { DaysOfWeek = request.Schedule.Days }, PowerShell = PowerShell(request.PowerShell), Module = request.Module,
            Environment = new(variables.ToDictionary(pair => pair.name, pair => pair.value!), StringComparer.Ordinal), User = request.User, Interactive = request.Interactive,
        };
    }

    string PowerShell(string? given)
    {
        if (given is not null) return File.Exists(given) ? given : throw Fault.NoPowerShell(given);
        if (Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own).Equals("pwsh", StringComparison.OrdinalIgnoreCase)) return own;
        return machine.Find("pwsh") ?? throw Fault.NoPowerShell(null);
    }

    // Also proves that the file is there and is JSON; what its settings mean is found out when it runs.
    static string NameIn(string settings)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(settings), new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            var name = document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.EnumerateObject().FirstOrDefault(property => property.Name.Equals("Name", StringComparison.OrdinalIgnoreCase)).Value : default;
            return name.ValueKind == JsonValueKind.String ? name.GetString()! : Path.GetFileNameWithoutExtension(settings);
        }
        catch (JsonException wrong)
        {
            throw Fault.BadTaskSettings(settings, wrong);
        }
        catch (Exception wrong) when (wrong is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Fault.NoTaskSettings(settings);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(settings, wrong);
        }
    }
}
