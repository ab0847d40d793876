namespace PSFineTune.Data.Texts;

/// <summary>What columns of texts and labels are usually called, the likeliest first.</summary>
static class ColumnNames
{
    static readonly string[] s_texts =
    [
        "text", "body", "message", "content", "sentence", "review", "description", "comment", "question", "title", "subject", "headline",
        "sms", "tweet", "document", "utterance", "query", "summary", "note", "内容", "文本", "标题",
    ];

    static readonly string[] s_labels = ["label", "class", "category", "queue", "target", "sentiment", "topic", "intent", "tag", "type", "标签", "类别"];

    public static bool IsUsual(string name) => Is(s_texts, name) || Is(s_labels, name);

    /// <summary>The column that is most likely the text, or null; of two columns the one beside a label.</summary>
    public static string? Text(IReadOnlyList<string> columns) => First(s_texts, columns) ?? Beside(First(s_labels, columns), columns);

    /// <summary>The column that is most likely the label, or null; of two columns the one beside a text.</summary>
    public static string? Label(IReadOnlyList<string> columns, string text) => First(s_labels, [.. columns.Where(column => column != text)]) ?? Beside(text, columns);

    static string? First(string[] usual, IReadOnlyList<string> columns) =>
        usual.Select(name => columns.FirstOrDefault(column => column.Equals(name, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(found => found is not null);

    static string? Beside(string? known, IReadOnlyList<string> columns) => known is not null && columns.Count == 2 ? columns.First(column => column != known) : null;

    static bool Is(string[] usual, string name) => usual.Contains(name, StringComparer.OrdinalIgnoreCase);
}
