using System.Text.Json;
using System.Text.Json.Nodes;

namespace PSFineTune.Tasks;

/// <summary>A task's settings file: JSON, in which comments and a last comma are allowed, and paths start at its own folder.</summary>
static class TaskFile
{
    static readonly JsonDocumentOptions s_lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    // The settings of a task are a page; what is larger is another file.
    const int MostBytes = 4 << 20;

    /// <summary>The task, which is right.</summary>
    /// <exception cref="FineTuneException">BadTask, with all that is wrong; NewerSchema, CannotRead, NotATask.</exception>
    public static FineTuneTask Read(string path)
    {
        var (task, problems) = Look(path);
        return problems.Count == 0 ? task : throw Fault.BadTask(path, problems);
    }

    /// <summary>The task as far as it can be told, and what is wrong.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="FineTuneException">NewerSchema, CannotRead; NotATask where the file is no JSON object.</exception>
    public static (FineTuneTask Task, IReadOnlyList<TaskProblem> Problems) Look(string path) => Parse(Text(path), path);

    /// <param name="json">The settings.</param>
    /// <param name="path">Full path of the file that they are from.</param>
    public static (FineTuneTask Task, IReadOnlyList<TaskProblem> Problems) Parse(string json, string path)
    {
        JsonObject settings;
        try
        {
            settings = JsonNode.Parse(json, null, s_lenient) as JsonObject ?? throw new JsonException("it holds no object.");
            // An object with a name twice is only found out when it is looked into.
            _ = settings.Count;
        }
        catch (Exception wrong) when (wrong is JsonException or ArgumentException)
        {
            throw Fault.NotATask(path, wrong.Message, wrong);
        }
        if (settings.FirstOrDefault(entry => entry.Key.Equals("schemaVersion", StringComparison.OrdinalIgnoreCase)).Value is JsonValue value && value.TryGetValue<int>(out var version) && version > FineTuneTask.NewestSchema)
            throw Fault.NewerSchema(path, version, FineTuneTask.NewestSchema);
        var folder = Path.GetDirectoryName(path)!;
        var reader = new SettingsReader(given => Path.GetFullPath(given, folder));
        var task = (FineTuneTask)reader.Read(typeof(FineTuneTask), settings, "");
        // What could not be read is not told of twice, as missing.
        var unread = reader.Problems.Select(problem => problem.Setting).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return (task, [.. reader.Problems, .. TaskRules.Of(task).Where(problem => !unread.Contains(problem.Setting))]);
    }

    static string Text(string path)
    {
        try
        {
            return new FileInfo(path) is { Length: > MostBytes } large ? throw Fault.NotATask(path, $"it has {large.Length} bytes.") : File.ReadAllText(path);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(path, wrong);
        }
    }
}
