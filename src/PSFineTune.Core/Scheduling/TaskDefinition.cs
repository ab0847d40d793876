using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace PSFineTune.Scheduling;

/// <summary>All that a scheduled task is, whatever runs it.</summary>
sealed partial record TaskDefinition
{
    public int SchemaVersion { get; init; } = 1;

    public string Name { get; init; } = "";

    /// <summary>The settings file, full path.</summary>
    public string Settings { get; init; } = "";

    public FineTuneSchedule Schedule { get; init; } = new();

    /// <summary>pwsh, full path.</summary>
    public string PowerShell { get; init; } = "";

    /// <summary>The module's manifest, full path.</summary>
    public string Module { get; init; } = "";

    /// <summary>Variables of the process, by name.</summary>
    public SortedDictionary<string, string> Environment { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The account; null for that which registers.</summary>
    public string? User { get; init; }

    /// <summary>Only while the account is logged on (Windows).</summary>
    public bool Interactive { get; init; }

    /// <exception cref="FineTuneException">BadTaskName, BadTaskPath, BadSchedule.</exception>
    public void Validate()
    {
        Schedule.Validate();
        if (!GoodName().IsMatch(Name)) throw Fault.BadTaskName(Name);
        // One line is all that crontabs and units have for a command.
        foreach (var text in new[] { Settings, PowerShell, Module, User ?? "" }.Concat(Environment.SelectMany(pair => new[] { pair.Key, pair.Value })))
            if (text.Any(char.IsControl)) throw Fault.BadTaskPath(text);
    }

    /// <summary>The command as PowerShell reads it. A module that cannot be imported ends it with 1.</summary>
    [JsonIgnore]
    public string Command =>
        $"$ErrorActionPreference = 'Stop'; Import-Module {Quoted(Module)}; exit (Invoke-FineTuneTask -Path {Quoted(Settings)} -SetExitCode).ExitCode";

    [JsonIgnore]
    public string Json => PlanJson.WriteLine(this);

    public bool IsSame(TaskDefinition other) => Json == other.Json;

    /// <summary>A definition from its JSON; null where it is none.</summary>
    public static TaskDefinition? Parse(string json)
    {
        try
        {
            // What a newer version has more is not ours to understand; the task is still ours to list and remove.
            if (JsonNode.Parse(json) is not JsonObject all) return null;
            foreach (var unknown in all.Select(pair => pair.Key).Where(name => typeof(TaskDefinition).GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase) is null).ToList()) all.Remove(unknown);
            return PlanJson.Read<TaskDefinition>(all.ToJsonString());
        }
        catch (Exception wrong) when (wrong is FineTuneException or JsonException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>PowerShell takes curly quotes for plain ones.</summary>
    public static string Quoted(string text) => $"'{SingleQuote().Replace(text, "$0$0")}'";

    [GeneratedRegex("['\u2018\u2019\u201A\u201B]")]
    private static partial Regex SingleQuote();

    [GeneratedRegex(@"\A[\p{L}\p{Nd}](?:[\p{L}\p{Nd} ._-]{0,78}[\p{L}\p{Nd}_-])?\z")]
    private static partial Regex GoodName();
}
