using System.Text.Json;

namespace PSFineTune.Data.Texts.Formats;

/// <summary>A JSON object a line; its properties are the columns.</summary>
public sealed record JsonLines : TextFormat
{
    // Objects need not all have the same properties.
    const int Looked = 50;

    static readonly JsonDocumentOptions s_strict = new() { MaxDepth = 64 };

    internal override int Fit(TextGlance glance) => glance.Extension is ".jsonl" or ".ndjson" or ".json" ? ByExtension : glance.First.TrimStart().StartsWith("{\"", StringComparison.Ordinal) ? ByHeader : 0;

    internal override IReadOnlyList<string> ColumnsOf(TextSource source)
    {
        using var reader = source.OpenText();
        var names = new List<string>();
        foreach (var (line, text) in LineReader.ReadFilled(reader, source.Path).Take(Looked))
            if (Parsed(text, out var wrong) is { } found) names.AddRange(NamesOf(found));
            else if (names.Count == 0) throw Fault.BadTextLine(source.Path, line, text, $"a JSON object: {wrong}");
        return [.. names.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    internal override IEnumerable<TextRow> RowsOf(TextSource source, IReadOnlyList<string> columns)
    {
        using var reader = source.OpenText();
        foreach (var (line, text) in LineReader.ReadFilled(reader, source.Path)) yield return RowOf(line, text, columns);
    }

    static TextRow RowOf(int line, string text, IReadOnlyList<string> columns)
    {
        using var parsed = Parsed(text, out var wrong);
        if (parsed is null) return TextRow.Bad(line, wrong);
        var cells = new string[columns.Count];
        foreach (var property in parsed.RootElement.EnumerateObject())
            for (var column = 0; column < cells.Length; column++)
                if (!property.Name.Equals(columns[column], StringComparison.OrdinalIgnoreCase)) continue;
                else if (cells[column] is not null) return TextRow.Bad(line, $"it has '{columns[column]}' twice");
                else if (CellOf(property.Value) is not { } cell) return TextRow.Bad(line, $"its '{columns[column]}' is neither a text nor a number");
                else cells[column] = cell;
        var missing = Array.IndexOf(cells, null);
        return missing is >= 0 and < TextColumnChoice.Needed ? TextRow.Bad(line, $"it has no '{columns[missing]}'") : new(line, Array.ConvertAll(cells, cell => cell ?? ""));
    }

    static string? CellOf(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
                JsonValueKind.Null => "",
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair is no text.
            return null;
        }
    }

    static JsonDocument? Parsed(string text, out string wrong)
    {
        wrong = "";
        try
        {
            var document = JsonDocument.Parse(text, s_strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
            wrong = "it is no JSON object; each line must be one";
        }
        catch (JsonException why)
        {
            wrong = $"it is no JSON object from byte {why.BytePositionInLine + 1} on";
        }
        return null;
    }

    static IEnumerable<string> NamesOf(JsonDocument document)
    {
        using (document) return [.. document.RootElement.EnumerateObject().Select(property => property.Name)];
    }
}
