using System.Text.Json;

namespace PSFineTune.Text.Chinese;

/// <summary>
/// The tables of a hidden Markov model: one JSON file whose properties they are, or files of Python, one a table, as jieba's
/// repository has them.
/// </summary>
/// <param name="files">Each with the table that it is; null for one that has all.</param>
sealed class HmmTables(IReadOnlyList<(string? Table, TextPart Part)> files)
{
    static readonly JsonDocumentOptions s_options = new() { AllowTrailingCommas = true };

    /// <summary>One JSON file.</summary>
    /// <exception cref="FineTuneException">CannotRead.</exception>
    public static HmmTables OfFile(string path) => new([(null, TextPart.OfFile(path))]);

    /// <summary>Makes a model of the tables, which are asked for by name.</summary>
    /// <exception cref="FineTuneException">CannotRead; BadTextModel.</exception>
    public T Make<T>(Func<Func<string, JsonElement>, T> make)
    {
        var name = files[0].Part.Name;
        var documents = new List<(string? Table, JsonDocument Json)>();
        try
        {
            foreach (var (table, part) in files)
            {
                name = part.Name;
                documents.Add((table, table is null ? JsonDocument.Parse(part.Source.Bytes()) : JsonDocument.Parse(PythonLiteral.ToJson(part.Text()), s_options)));
            }
            name = files[0].Part.Name;
            return make(table => documents is [(null, var one)] ? one.RootElement.GetProperty(table) : documents.First(document => document.Table == table).Json.RootElement);
        }
        catch (IOException wrong)
        {
            throw Fault.CannotRead(name, wrong);
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException or ArgumentException)
        {
            throw Fault.BadTextModel(name, wrong);
        }
        finally
        {
            foreach (var (_, json) in documents) json.Dispose();
        }
    }
}
