using System.Text.Json;
using PSFineTune.Locking;

namespace PSFineTune.Store;

/// <summary>A line of a history, see <see cref="PublishedModel"/>; of values alone, so that two are equal where all is.</summary>
sealed record StoreEntry
{
    public int SchemaVersion { get; init; } = PublishedModel.NewestSchema;
    public int Version { get; init; }
    public PublishAction Action { get; init; }
    public string Hash { get; init; } = "";
    public DateTimeOffset Published { get; init; }
    public string By { get; init; } = "";
    public string Host { get; init; } = "";
    public string Reason { get; init; } = "";
    public string Verdict { get; init; } = "";
    public string Model { get; init; } = "";
    public string RunId { get; init; } = "";
    public double Accuracy { get; init; } = double.NaN;
    public int? Previous { get; init; }

    /// <summary>By this account, from this machine.</summary>
    public static StoreEntry Now(PublishAction action, string reason, int? previous, TimeProvider clock) =>
        new() { Action = action, Reason = reason, Previous = previous, Published = clock.GetUtcNow(), By = LockOwner.Account, Host = Environment.MachineName };

    /// <summary>As users see it.</summary>
    public PublishedModel Shown(StoreFolder folder, string name, bool isCurrent) => new()
    {
        SchemaVersion = SchemaVersion, Name = name, Version = Version, Hash = Hash, Path = folder.PackagePath(Hash), Store = folder.Root, Model = Model, RunId = RunId, Accuracy = Accuracy,
        Published = Published, By = By, Host = Host, Action = Action, Reason = Reason, Verdict = Verdict, Previous = Previous, IsCurrent = isCurrent, IsAvailable = File.Exists(folder.PackagePath(Hash)),
    };
}

/// <summary>What a name means now, models/{name}/current.json. The truth of the store: the history follows it.</summary>
sealed record StorePointer
{
    public int SchemaVersion { get; init; } = PublishedModel.NewestSchema;

    public StoreEntry Current { get; init; } = new();

    /// <summary>Hashes of the packages that this name keeps; one that no name keeps may go.</summary>
    public IReadOnlyList<string> Kept { get; init => field = value.ToIndexable(); } = [];
}

/// <summary>The files of a store as text.</summary>
static class StoreJson
{
    /// <exception cref="FineTuneException">NewerSchema, DamagedStore.</exception>
    public static StorePointer Pointer(string json, string path) =>
        Read<StorePointer>(json, path) is { Current: { } current, Kept: { } kept } pointer && IsWhole(current) && kept.All(IsHash) ? pointer
            : throw Fault.DamagedStore(path, "it names no version or no hash");

    /// <summary>Oldest first; lines that are blank are passed over.</summary>
    /// <exception cref="FineTuneException">NewerSchema, DamagedStore.</exception>
    public static List<StoreEntry> History(string lines, string path)
    {
        var entries = new List<StoreEntry>();
        foreach (var (number, line) in lines.Split('\n').Select((line, number) => (number, line)))
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            var entry = Read<StoreEntry>(line, $"{path}, line {number + 1}");
            entries.Add(IsWhole(entry) ? entry : throw Fault.DamagedStore($"{path}, line {number + 1}", "it names no version or no hash"));
        }
        return entries;
    }

    public static string Write(IEnumerable<StoreEntry> history) => string.Concat(history.Select(entry => PlanJson.WriteLine(entry) + "\n"));

    public static bool IsHash(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);

    static bool IsWhole(StoreEntry? entry) => entry is { Version: > 0, By: not null, Host: not null, Reason: not null, Verdict: not null, Model: not null, RunId: not null } && IsHash(entry.Hash);

    // A newer form is refused before its unknown properties would be taken for mistakes.
    static T Read<T>(string json, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("schemaVersion", out var said) && said.ValueKind == JsonValueKind.Number
                && said.TryGetInt32(out var version) && version >= 1)
                return version <= PublishedModel.NewestSchema ? PlanJson.Read<T>(json) : throw Fault.NewerSchema(path, version, PublishedModel.NewestSchema);
        }
        catch (JsonException wrong)
        {
            throw Fault.DamagedStore(path, wrong.Message, wrong);
        }
        catch (FineTuneException wrong) when (wrong.Id == "InvalidJson")
        {
            throw Fault.DamagedStore(path, wrong.Message, wrong);
        }
        throw Fault.DamagedStore(path, "it names no schema version of 1 or above");
    }
}
