using System.Text.Json;
using System.Text.Json.Nodes;
using PSFineTune.Data;
using PSFineTune.Data.Texts;
using PSFineTune.Drift;

namespace PSFineTune.Tasks;

/// <summary>New samples of a task, labelled or not, as they come in.</summary>
static class NewSamples
{
    static readonly string[] s_usual = ["text", "body", "message", "content", "subject", "description"];

    /// <summary>Images below a folder; or texts: one a file below a folder, one a row of a table, or one a line.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="data">What the task learns from tells what is read, and by which column.</param>
    /// <param name="cancel">Checked for every file.</param>
    /// <exception cref="FineTuneException">CannotRead, NoNewSamples.</exception>
    public static DriftSamples At(string path, TaskData data, CancellationToken cancel)
    {
        if (!Path.Exists(path)) throw Fault.NoNewSamples(path);
        var files = FoundFiles.Under(path, data.IsText ? FileKind.Text : FileKind.Image, cancel);
        if (!data.IsText) return new(files);
        try
        {
            return new([.. (File.Exists(path) ? RowsOf(path, data) : files.Select(file => Whole(file, data))).Where(text => !string.IsNullOrWhiteSpace(text))]);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            throw Fault.CannotRead(path, wrong);
        }
    }

    static IEnumerable<string> RowsOf(string path, TaskData data) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" or ".tsv" or ".tab" => CellsOf(path, data),
        ".jsonl" or ".ndjson" => Lines(path, data).Where(line => line.Length > 0).Select(line => (JsonNode.Parse(line) as JsonObject)?[data.TextColumn ?? "text"]?.GetValue<string>() ?? ""),
        _ => Lines(path, data),
    };

    // As the import reads it: another encoding would look like other texts.
    static string Whole(string path, TaskData data)
    {
        var source = new TextSource(path);
        source.Survey(data.Encoding);
        using var reader = source.OpenText();
        return source.Guarded(reader.ReadToEnd);
    }

    static string[] Lines(string path, TaskData data) => Whole(path, data).ReplaceLineEndings("\n").Split('\n');

    // By the column of the training data, else by one that is named as texts are, else the first.
    static IEnumerable<string> CellsOf(string path, TaskData data)
    {
        var column = -1;
        foreach (var (_, cells) in CsvFile.Parse(Whole(path, data), (line, what) => Fault.CannotRead(path, new InvalidDataException($"line {line}: {what}."))))
            if (column >= 0) yield return column < cells.Length ? cells[column] : "";
            else column = ColumnOf(cells, data.TextColumn, path);
    }

    static int ColumnOf(string[] header, string? named, string path)
    {
        int At(string name) => Array.FindIndex(header, cell => cell.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (named is not null) return At(named) is >= 0 and var own ? own : throw Fault.UnknownColumn(path, named, header);
        return s_usual.Select(At).Where(at => at >= 0).DefaultIfEmpty(0).First();
    }
}
